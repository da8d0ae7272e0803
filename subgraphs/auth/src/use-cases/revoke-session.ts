import { found } from '@buffrsign/kernel';
import type { Acting } from '../context.ts';
import { own } from '../policies.ts';
import { endSessions } from './end-sessions.ts';

export const revokeSession = (ctx: Acting, { id }: { readonly id: string }): Promise<{ readonly __typename: 'RevokeSessionSuccess'; readonly id: string }> =>
  ctx.transaction(async (tx) => {
    const session = found(await tx.db.session.findFirst({ where: { id, ...own(ctx.actor) } }));
    await endSessions(tx, { id: session.id }, 'REVOKED');
    return { __typename: 'RevokeSessionSuccess', id };
  });
