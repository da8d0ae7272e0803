import { createTransport } from 'nodemailer';
import type { Reply } from '../domain/reply.ts';
import type { Rendered } from '../domain/render.ts';

/** A mail as it goes to its recipient, secret links included. */
export interface OutgoingMail extends Rendered {
  /** Id of the message: the same in every attempt. */
  readonly id: string;
  readonly to: { readonly name: string; readonly email: string };
  /** When the message was queued. */
  readonly date: Date;
}

/**
 * Hands mails over. Never throws: whatever happens is a reply. Handing over the same mail again gives the same bytes
 * under the same Message-ID, so that a repetition can be told from a second mail.
 */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<Reply>;
}

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/** The address in a mailbox: `Name <address>` or the address alone. */
export const addressOf = (mailbox: string): string => /([^\s<>@]+@[^\s<>@]+)>?$/.exec(mailbox)![1]!;

/** The bytes of a mail (RFC 5322, MIME): the same, whenever they are made. */
export const toMime = async ({ id, to, date, subject, text, html }: OutgoingMail, from: string): Promise<Buffer> => {
  const { message } = await composer.sendMail({
    from,
    to: { name: to.name, address: to.email },
    subject,
    text,
    html,
    date,
    messageId: `<${id}@${addressOf(from).split('@')[1]}>`,
    baseBoundary: id,
    // No out-of-office replies to a machine (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    // A mail holds what it was given: nothing is read from disk or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return message as Buffer;
};
