import { Problem } from '@buffrsign/kernel';
import type { Acting } from '../context.ts';
import { own } from '../policies.ts';
import { endSessions } from './end-sessions.ts';

export const revokeSession = (ctx: Acting, { id }: { readonly id: string }): Promise<{ readonly __typename: 'RevokeSessionSuccess'; readonly id: string }> =>
  ctx.transaction(async (tx) => {
    const session = await tx.db.session.findFirst({ where: { id, ...own(ctx.actor) } });
    if (!session) throw new Problem('NOT_FOUND');
    await endSessions(tx, { id }, 'REVOKED');
    return { __typename: 'RevokeSessionSuccess', id };
  });
