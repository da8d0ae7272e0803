import { z } from 'zod';
import { MAX_FIELDS_EACH, type DraftRecipient } from './draft.ts';

/** What is known of the document of a draft. */
export interface Fillable {
  readonly pages: number;
  /** Whether it bears signatures, so that it takes nothing but more of them. */
  readonly signed: boolean;
  readonly emptySignatureFields: readonly string[];
}

interface Issue {
  readonly path: string;
  readonly message: string;
}

interface Placed {
  readonly kind: string;
  readonly page: number;
  readonly documentField?: string | null | undefined;
}
type Recipients = readonly { readonly fields: readonly Placed[] }[];

const pagesOf = (pages: number): string => (pages === 1 ? 'one page' : `${pages} pages`);

const wrongIn = (field: Placed, { pages, signed, emptySignatureFields }: Fillable): [key: string, message: string] | null => {
  if (field.page > pages) return ['page', `The document has ${pagesOf(pages)}; this field is on page ${field.page}.`];
  if (signed && field.kind !== 'SIGNATURE') return ['kind', 'This document is signed already: all it can take are signatures. Ask for a signature, or use a document without signatures.'];
  if (!field.documentField) return null;
  if (!signed) return ['documentField', 'Only a document that is signed already is signed in a field of its own. Give the signature a place instead.'];
  return emptySignatureFields.includes(field.documentField) ? null : ['documentField', 'The document has no empty signature field of this name.'];
};

/** In a document that is signed already every signature is a field of its own, so nobody has two, and no field takes two. */
const wrongTogether = (recipients: Recipients, { signed }: Fillable): Issue[] => {
  if (!signed) return [];
  const taken = new Set<string>();
  return recipients.flatMap(({ fields }, index) =>
    fields.flatMap(({ documentField }, at): Issue[] => {
      const path = `recipients.${index}.fields.${at}`;
      if (at > 0) return [{ path, message: 'This document is signed already: each recipient adds one signature to it.' }];
      if (!documentField) return [];
      const again = taken.has(documentField);
      taken.add(documentField);
      return again ? [{ path: `${path}.documentField`, message: 'Another recipient signs in this field.' }] : [];
    }),
  );
};

/** What is wrong with the fields of a draft, given its document. */
export const unfit = (recipients: Recipients, document: Fillable): Issue[] => [
  ...recipients.flatMap(({ fields }, index) =>
    fields.flatMap((field, at) => {
      const wrong = wrongIn(field, document);
      return wrong ? [{ path: `recipients.${index}.fields.${at}.${wrong[0]}`, message: wrong[1] }] : [];
    }),
  ),
  ...wrongTogether(recipients, document),
];

/** Fields that a document asks for, as documents told of them. */
const suggestionsModel = z.array(
  z.object({
    kind: z.enum(['SIGNATURE', 'INITIALS', 'DATE_SIGNED', 'TEXT', 'CHECKBOX']),
    role: z.string().nullable(),
    label: z.string().nullable(),
    required: z.boolean(),
    page: z.number().int(),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
  }),
);

/** Whose the fields of a role shall be. */
export interface SuggestionUse {
  readonly role?: string | null | undefined;
  /** From 0. */
  readonly recipient: number;
}

/** The recipients with the fields that their document asks of them, or what is wrong with asking for these. */
export const withSuggestions = (recipients: readonly DraftRecipient[], uses: readonly SuggestionUse[], suggested: unknown): { readonly recipients: readonly DraftRecipient[] } | { readonly issues: readonly Issue[] } => {
  const known = suggestionsModel.safeParse(suggested ?? []).data ?? [];
  const fieldsOf = (role: string | null): DraftRecipient['fields'] =>
    known.filter((field) => field.role === role).map(({ role: _role, ...field }) => ({ ...field, required: field.required || field.kind === 'SIGNATURE' || field.kind === 'DATE_SIGNED' }));
  const issues = uses.flatMap(({ role = null, recipient }, index): Issue[] => {
    const path = `useSuggestedFields.${index}`;
    if (!recipients[recipient]) return [{ path: `${path}.recipient`, message: 'There is no such recipient; they are counted from 0.' }];
    if (fieldsOf(role).length === 0) return [{ path: `${path}.role`, message: role === null ? 'The document asks for no field without a role.' : 'The document asks nothing of this role.' }];
    if (uses.findIndex((other) => (other.role ?? null) === role) < index) return [{ path: `${path}.role`, message: 'The fields of a role are one recipient’s.' }];
    return [];
  });
  if (issues.length > 0) return { issues };
  const completed = recipients.map((recipient, index) => ({ ...recipient, fields: [...recipient.fields, ...uses.filter((use) => use.recipient === index).flatMap(({ role = null }) => fieldsOf(role))] }));
  const crowded = completed.findIndex(({ fields }) => fields.length > MAX_FIELDS_EACH);
  return crowded < 0 ? { recipients: completed } : { issues: [{ path: `recipients.${crowded}.fields`, message: `With what the document asks of them, a recipient has at most ${MAX_FIELDS_EACH} fields.` }] };
};
