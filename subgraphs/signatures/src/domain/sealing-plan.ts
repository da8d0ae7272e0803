import type { SealingState, SealingStepKind, SignatureLevel } from '../__generated__/prisma/enums.ts';

/** What a PDF gets before anybody signs. One that was signed before is only appended to, so nothing is laid out or certified. */
export const openingSteps = (documentSigned: boolean): SealingStepKind[] => (documentSigned ? ['BASE'] : ['BASE', 'SEAL']);

const closing: Record<SignatureLevel, readonly SealingStepKind[]> = { B_B: [], B_T: [], B_LT: ['LTV'], B_LTA: ['LTV', 'ARCHIVE'] };

/** What closes a PDF once every signature is in it. */
export const closingSteps = (level: SignatureLevel): readonly SealingStepKind[] => closing[level];

/** What people see while a step is made. */
export const stateOfStep: Record<SealingStepKind, SealingState> = { BASE: 'PREPARING', SEAL: 'SIGNING', SIGNER: 'SIGNING', LTV: 'TIMESTAMPING', ARCHIVE: 'TIMESTAMPING' };

/** Nothing more comes of it. */
export const isOver = (state: SealingState): boolean => state === 'SEALED' || state === 'ENDED';

/** Time in which revocation answers count to the second: one of the second of a signature may be from before it. */
const SETTLE_MS = 1000;

/** When what proves signatures may be collected: after the last of them, by whichever clock is ahead. */
export const settledAt = (signatures: readonly { readonly doneAt: Date | null; readonly timestampedAt: Date | null }[]): Date =>
  new Date(Math.max(0, ...signatures.flatMap(({ doneAt, timestampedAt }) => [doneAt, timestampedAt]).map((at) => (at ? at.getTime() + SETTLE_MS : 0))));
