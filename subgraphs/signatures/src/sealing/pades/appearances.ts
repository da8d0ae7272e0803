import type { FieldFill } from '@buffrsign/pades';
import { certificateEntryAppearance, certificateEntryText, fieldAppearance, type Appearance, type FieldContent, type Mark } from '@buffrsign/stamp';
import type { FieldKind } from '../../__generated__/prisma/enums.ts';
import type { Value } from '../../domain/field-values.ts';
import type { Evidence, FilledValue, SignerAct, Size } from '../engine.ts';

const markOf = (value: Value): Mark => ('drawing' in value ? { png: value.drawing } : { text: 'text' in value ? value.text : '' });

const contentOf = (kind: FieldKind, value: Value): FieldContent => {
  switch (kind) {
    case 'SIGNATURE':
      return { kind: 'signature', ...markOf(value) };
    case 'INITIALS':
      return { kind: 'initials', ...markOf(value) };
    case 'DATE_SIGNED':
    case 'TEXT':
      return { kind: kind === 'TEXT' ? 'text' : 'date', text: 'text' in value ? value.text : '' };
    case 'CHECKBOX':
      return { kind: 'checkbox', checked: 'checked' in value && value.checked };
  }
};

/** What the field holds for whoever reads values and not pictures. */
const textOf = (value: Value, name: string): string => {
  if ('drawing' in value) return name;
  if ('text' in value) return value.text;
  return value.checked ? 'Yes' : 'No';
};

/** What shows of a signature in its field; nothing where the field has no size. */
export const signatureAppearance = async (mark: Value | null, size: Size | undefined): Promise<Appearance | undefined> =>
  mark && size ? fieldAppearance(contentOf('SIGNATURE', mark), size) : undefined;

const fillOf = async ({ fieldName, kind, value }: FilledValue, { name, sizes }: SignerAct): Promise<FieldFill> => {
  const size = sizes[fieldName];
  return { fieldName, value: textOf(value, name), ...(size && { appearance: await fieldAppearance(contentOf(kind, value), size) }) };
};

const identifications: Readonly<Record<string, string>> = { SIGNING_LINK_BY_EMAIL: 'Signing link sent to this e-mail address' };

const momentsOf = ({ sentAt, openedAt }: Evidence) => ({ ...(sentAt && { sentAt }), ...(openedAt && { openedAt }) });

const entryOf = ({ name, email, signedAt, evidence }: SignerAct, certificateSerial: string) => ({
  name,
  email,
  identifiedBy: identifications[evidence.identification ?? ''] ?? 'Not recorded',
  ...momentsOf(evidence),
  consentAt: evidence.consentedAt ?? signedAt,
  consentTextSha256: evidence.consentTextSha256 ?? '',
  signedAt,
  ...(evidence.ip && { ip: evidence.ip }),
  ...(evidence.userAgent && { userAgent: evidence.userAgent }),
  certificateSerial,
});

const certificateFill = async (act: SignerAct, serial: string): Promise<FieldFill[]> => {
  if (act.certificateField === null) return [];
  const size = act.sizes[act.certificateField];
  const entry = entryOf(act, serial);
  return [{ fieldName: act.certificateField, value: certificateEntryText(entry), ...(size && { appearance: await certificateEntryAppearance(entry, size) }) }];
};

/** Everything that is filled in with a signer's signature: their values, and their entry in the completion certificate. */
export const fillsOf = async (act: SignerAct, certificateSerial: string): Promise<FieldFill[]> => [
  ...(await Promise.all(act.values.map((value) => fillOf(value, act)))),
  ...(await certificateFill(act, certificateSerial)),
];
