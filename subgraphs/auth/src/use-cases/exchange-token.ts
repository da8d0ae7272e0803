import type { Membership, Session } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { judgeRefresh, refreshExpiry, refuseRefresh, type RefreshRefusal } from '../domain/refresh.ts';
import { hashOf } from '../secrets.ts';
import { grantTokens, type Grant } from './begin-session.ts';
import { endSessions } from './end-sessions.ts';

/** A refresh token that may be exchanged, with its session, which stays locked until the transaction ends. */
export interface Presented {
  readonly hash: string;
  readonly session: Session;
}

/**
 * Looks at a refresh token. The session is locked, so that of two who present the same token at once one comes first.
 * A refusal is to be committed like a success: a session that was found to be stolen stays ended.
 */
export const present = async (tx: Tx, refreshToken: string): Promise<Presented | { readonly refusal: RefreshRefusal }> => {
  const hash = hashOf(refreshToken);
  await tx.sql.$queryRaw`select 1 as locked from "Session" s join "RefreshToken" t on t."sessionId" = s.id where t.hash = ${hash} for update of s`;
  const known = await tx.db.refreshToken.findUnique({ where: { hash }, include: { session: true } });
  const verdict = known ? judgeRefresh(known, tx.now) : 'ENDED';
  if (known && verdict === 'EXCHANGE') return { hash, session: known.session };
  if (known && verdict === 'REUSED') await endSessions(tx, { id: known.session.id }, 'TOKEN_REUSED');
  return { refusal: refuseRefresh(verdict === 'EXCHANGE' ? 'ENDED' : verdict) };
};

/** Exchanges a refresh token for the next one, with the rights that the member has now. */
export const exchange = async (tx: Tx, { hash, session }: Presented, membership: Membership): Promise<Grant> => {
  await tx.db.refreshToken.update({ where: { hash }, data: { usedAt: tx.now } });
  await tx.db.session.update({ where: { id: session.id }, data: { organizationId: membership.organizationId, lastUsedAt: tx.now, expiresAt: refreshExpiry(tx.now) } });
  return grantTokens(tx, session.id, membership);
};
