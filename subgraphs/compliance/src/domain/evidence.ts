import { createHash } from 'node:crypto';
import { z } from 'zod';

export const declarationModel = z.object({
  documentType: z.enum(['WILL', 'LAND_SALE', 'STAMP_DUTY', 'BILL_OF_EXCHANGE', 'CREDIT_AGREEMENT', 'OTHER']),
  partiesAgreed: z.boolean().nullish().transform((value) => value ?? null),
  formRequiredByLaw: z.boolean().nullish().transform((value) => value ?? null),
});

const moment = z.iso.datetime();

const recipientEvidenceModel = z.object({ recipientId: z.string(), linkSentAt: moment.nullable(), openedAt: moment.nullable(), signedAt: moment.nullable() });

/** What is known of a completed envelope, as it is kept with a check. Texts, booleans and nulls only. */
export const evidenceModel = z.object({
  envelopeId: z.string(),
  sentAt: moment.nullable(),
  completedAt: moment,
  sealedSha256: z.string(),
  recipients: z.array(recipientEvidenceModel),
  declaration: declarationModel.nullable(),
});

export type Declaration = z.output<typeof declarationModel>;
export type DeclaredDocumentType = Declaration['documentType'];
export type RecipientEvidence = z.output<typeof recipientEvidenceModel>;
export type Evidence = z.output<typeof evidenceModel>;

type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Canonical JSON (RFC 8785) of what evidence is made of; it has no numbers, whose writing is the hard part. */
const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member as Json)}`).join(',')}}`;
};

/** SHA-256 over the evidence in canonical JSON, hexadecimal. */
export const digestOf = (evidence: Evidence): string => createHash('sha256').update(canonical(evidence)).digest('hex');
