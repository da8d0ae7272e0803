import type { Content } from './compose.ts';

/** A mail as mail programs show it: the text says the same as the HTML. */
export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Stands where a secret link would, wherever a mail is shown outside its recipient's mailbox. */
export const HIDDEN = '‹hidden›';
const FOOTER = 'Sent by BuffrSign. If you did not expect this message, you can leave it: nothing happens without you.';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it stands in HTML, between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

const toText = ({ heading, paragraphs, action }: Content, link: string): string =>
  [heading, ...paragraphs, ...(action ? [`${action.label}:\n${link}`] : []), `-- \n${FOOTER}`].join('\n\n') + '\n';

const button = (label: string, link: string | undefined): string => {
  const look = 'display:inline-block;padding:14px 24px;border-radius:6px;background:#0b5c4b;color:#ffffff;font-weight:bold;text-decoration:none';
  // Without its link the button is shown as what it is: a label.
  if (link === undefined) return `<p style="margin:24px 0"><span style="${look}">${escapeHtml(label)}</span></p>\n<p style="margin:0 0 16px;color:#4a4a4a;font-size:14px">${HIDDEN}</p>`;
  const href = escapeHtml(link);
  return `<p style="margin:24px 0"><a href="${href}" style="${look}">${escapeHtml(label)}</a></p>
<p style="margin:0 0 16px;color:#4a4a4a;font-size:14px">If the button does not work, open this address in your browser:<br><a href="${href}" style="color:#0b5c4b;word-break:break-all">${href}</a></p>`;
};

// Tables are for older mail programs; `role` keeps screen readers from announcing them.
const toHtml = ({ subject, heading, paragraphs, action }: Content, link: string | undefined): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f2f4f3;color:#1a1a1a;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border-radius:8px"><tr><td style="padding:32px 24px">
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${escapeHtml(heading)}</h1>
${paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`).join('\n')}
${action ? button(action.label, link) : ''}
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #d9dedc;color:#4a4a4a;font-size:14px">${FOOTER}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;

/**
 * Renders a mail. With `links` as it goes to its recipient; without, as anybody else may see it.
 *
 * @throws Error when the link is not an http(s) address: nothing else may stand behind a button.
 */
export const render = (content: Content, links?: Readonly<Record<string, string>>): Rendered => {
  const link = content.action && links ? links[content.action.link] : undefined;
  if (content.action && links && !/^https?:\/\/\S+$/.test(link ?? '')) throw new Error(`The link ${content.action.link} of this message is not an http(s) address.`);
  return { subject: content.subject, text: toText(content, link ?? HIDDEN), html: toHtml(content, link) };
};
