import type { SuggestedField } from '../inspection.ts';

/** What a tag in the text says: `{{signature:signer1}}`. */
export interface Tag {
  readonly kind: SuggestedField['kind'];
  readonly role: string;
  readonly label: string | null;
  readonly required: boolean;
  /** In points, where the tag says so. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

const KINDS: Readonly<Record<string, Tag['kind']>> = {
  signature: 'SIGNATURE', sig: 'SIGNATURE', initials: 'INITIALS', initial: 'INITIALS', date: 'DATE_SIGNED', text: 'TEXT', checkbox: 'CHECKBOX',
};

/** A tag stands on one line. */
const TAG = /\{\{([^{}\r\n]{1,200})\}\}/g;
const ROLE = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,49}$/u;
const SIZE = /^(\d{1,4})x(\d{1,4})$/i;

/**
 * Finds the tags in a text: `{{kind:role}}`, then, in any order, `required` or `optional`, a size in points as `120x40`,
 * and a label. A star at the kind means required, too. Signatures, initials, dates and texts are required unless the tag
 * says otherwise; signatures and dates always are. What is in braces and is no tag stays text.
 */
export function tagsIn(text: string): { readonly at: number; readonly length: number; readonly tag: Tag }[] {
  return [...text.matchAll(TAG)].flatMap((match) => {
    const tag = tagOf(match[1]!);
    return tag ? [{ at: match.index, length: match[0].length, tag }] : [];
  });
}

function tagOf(inner: string): Tag | null {
  const [first = '', role = '', ...rest] = inner.split(':').map((part) => part.trim());
  const starred = first.includes('*');
  const kind = KINDS[first.replaceAll('*', '').trim().toLowerCase()];
  if (!kind || !ROLE.test(role)) return null;
  let required = starred || kind !== 'CHECKBOX';
  let size: Tag['size'] = null;
  const label: string[] = [];
  for (const part of rest) {
    const measures = SIZE.exec(part);
    if (/^(required|optional)$/i.test(part)) required = part.toLowerCase() === 'required';
    else if (measures) size = { width: Number(measures[1]), height: Number(measures[2]) };
    else if (part) label.push(part);
  }
  return { kind, role, label: label.join(': ') || null, required: required || kind === 'SIGNATURE' || kind === 'DATE_SIGNED', size };
}
