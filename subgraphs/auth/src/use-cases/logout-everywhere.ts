import type { Acting } from '../context.ts';
import { own } from '../policies.ts';
import { endSessions } from './end-sessions.ts';

export const logoutEverywhere = (ctx: Acting): Promise<{ readonly __typename: 'LogoutEverywhereSuccess'; readonly ended: number }> =>
  ctx.transaction(async (tx) => ({ __typename: 'LogoutEverywhereSuccess', ended: await endSessions(tx, { ...own(ctx.actor), expiresAt: { gt: tx.now } }, 'LOGGED_OUT') }));
