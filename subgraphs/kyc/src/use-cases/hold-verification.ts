import { Problem, requireUser, type Actor, type Transaction } from '@buffrsign/kernel';
import type { Verification } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';

export interface VerificationStateError {
  readonly __typename: 'VerificationStateError';
  readonly message: string;
  readonly verification: Verification;
}

export const stateError = (verification: Verification, message: string): VerificationStateError => ({ __typename: 'VerificationStateError', message, verification });

/** Holds a verification until the transaction ends, so that nobody else moves it on meanwhile. @throws Problem NOT_FOUND. */
export const holdVerification = async (tx: Transaction<Database>, actor: Actor, id: string): Promise<Verification> => {
  const { organizationId } = requireUser(actor);
  const held = await tx.sql.$queryRaw<unknown[]>`select id from "Verification" where id = ${id} and "organizationId" = ${organizationId} for update`;
  if (held.length === 0) throw new Problem('NOT_FOUND');
  return tx.db.verification.findUniqueOrThrow({ where: { id } });
};
