import type { Acting } from '../context.ts';
import { hashOf } from '../secrets.ts';
import { endSessions } from './end-sessions.ts';

/** Like the revocation of RFC 7009: the answer is the same whether there was such a session or not. */
export const logout = (ctx: Acting, { refreshToken }: { readonly refreshToken: string }): Promise<{ readonly __typename: 'LogoutSuccess'; readonly loggedOutAt: Date }> =>
  ctx.transaction(async (tx) => {
    await endSessions(tx, { refreshTokens: { some: { hash: hashOf(refreshToken) } } }, 'LOGGED_OUT');
    return { __typename: 'LogoutSuccess', loggedOutAt: tx.now };
  });
