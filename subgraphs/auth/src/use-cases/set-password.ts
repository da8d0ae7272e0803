import type { Tx } from '../context.ts';
import { endSessions } from './end-sessions.ts';

/** Gives an account another password. Whoever knew the old one is out: sessions end, and links for a new one are void. */
export const setPassword = async (tx: Tx, userId: string, hash: string): Promise<void> => {
  await tx.db.password.update({ where: { userId }, data: { hash, changedAt: tx.now } });
  await endSessions(tx, { userId }, 'PASSWORD_CHANGED');
  await tx.db.emailProof.updateMany({ where: { userId, purpose: 'RESET_PASSWORD', usedAt: null }, data: { usedAt: tx.now } });
};
