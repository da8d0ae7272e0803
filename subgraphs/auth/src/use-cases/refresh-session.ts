import type { Acting } from '../context.ts';
import { refuseRefresh, type RefreshRefusal } from '../domain/refresh.ts';
import { issueTokens, type Tokens } from './begin-session.ts';
import { endSessions } from './end-sessions.ts';
import { exchange, present } from './exchange-token.ts';
import { findActiveMembership } from './find-membership.ts';

export type RefreshSessionOutcome = { readonly __typename: 'RefreshSessionSuccess'; readonly tokens: Tokens } | RefreshRefusal;

export const refreshSession = async (ctx: Acting, { refreshToken }: { readonly refreshToken: string }): Promise<RefreshSessionOutcome> => {
  const exchanged = await ctx.transaction(async (tx) => {
    const presented = await present(tx, refreshToken);
    if ('refusal' in presented) return presented.refusal;
    const { id, userId, organizationId } = presented.session;
    const membership = await findActiveMembership(tx, userId, organizationId);
    if (membership) return exchange(tx, presented, membership);
    await endSessions(tx, { id }, 'MEMBERSHIP_ENDED');
    return refuseRefresh('ENDED');
  });
  return '__typename' in exchanged ? exchanged : { __typename: 'RefreshSessionSuccess', tokens: await issueTokens(ctx, exchanged) };
};
