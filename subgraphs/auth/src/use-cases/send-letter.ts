import { newId } from '@buffrsign/kernel';
import type { ProofPurpose } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { writeLetterTask } from '../tasks/definitions.ts';

/** How long the link in a letter works, in seconds. */
const validFor: Record<ProofPurpose, number> = { VERIFY_EMAIL: 86_400, RESET_PASSWORD: 3_600 };

/**
 * Leaves a letter with a link to be written, and says until when the link will work. Whether the address has an account
 * is looked at later: what happens here, and how long it takes, is the same for all addresses.
 */
export const sendLetter = async (tx: Tx, email: string, purpose: ProofPurpose): Promise<Date> => {
  const expiresAt = new Date(tx.now.getTime() + validFor[purpose] * 1_000);
  await tx.enqueue(writeLetterTask, { proofId: newId('prf'), email, purpose, expiresAt: expiresAt.toISOString() });
  return expiresAt;
};
