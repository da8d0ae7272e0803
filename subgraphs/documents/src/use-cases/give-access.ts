import { newId, type Transaction } from '@buffrsign/kernel';
import type { Database } from '../database.ts';

export interface NewAccess {
  readonly organizationId: string;
  readonly documentId: string;
  readonly envelopeId: string;
  readonly recipientId: string;
  readonly grantedById: string;
}

/** By what a standing access is unique. */
export const standingKeyOf = ({ documentId, recipientId }: Pick<NewAccess, 'documentId' | 'recipientId'>): string => `${documentId}:${recipientId}`;

/** Gives accesses; one that stands already stays as it is. How many were given. */
export const giveAccess = async (tx: Pick<Transaction<Database>, 'db' | 'now'>, accesses: readonly NewAccess[]): Promise<number> => {
  const data = accesses.map((access) => ({ id: newId('dac'), ...access, grantedAt: tx.now, standingKey: standingKeyOf(access) }));
  return (await tx.db.documentAccess.createMany({ data, skipDuplicates: true })).count;
};
