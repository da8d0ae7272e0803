import { canonicalBytes } from '@buffrsign/transparency';
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

/** SHA-256 over the evidence in canonical JSON, hexadecimal. */
export const digestOf = (evidence: Evidence): string => createHash('sha256').update(canonicalBytes(evidence)).digest('hex');
