import type { SealingStep } from '../__generated__/prisma/client.ts';

export type { Recipient as RecipientSignatureMapper, Sealing as SealingMapper } from '../__generated__/prisma/client.ts';

/** The revision that a signature came with. */
export type SignerCertificateMapper = SealingStep;
