import type { FieldValue } from '../__generated__/prisma/client.ts';

export type { Envelope as EnvelopeMapper, Field as FieldMapper, Recipient as RecipientMapper } from '../__generated__/prisma/client.ts';

/** Without the drawing, which only sealing reads. */
export type FieldValueMapper = Omit<FieldValue, 'drawing'>;
