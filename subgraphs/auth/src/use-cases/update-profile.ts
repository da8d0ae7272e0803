import { Problem, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { User } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { personName } from '../domain/people.ts';
import { sayMemberChanged } from './say-member-changed.ts';

export type UpdateProfileOutcome = { readonly __typename: 'UpdateProfileSuccess'; readonly user: User } | InvalidInput;

const model = z.object({ name: personName.nullish() });

export const updateProfile = async (ctx: Acting, input: unknown): Promise<UpdateProfileOutcome> => {
  const { id } = requireUser(ctx.actor);
  const read = readInput(model, input);
  if ('refusal' in read) return read.refusal;
  const { name } = read.data;

  return ctx.transaction(async (tx) => {
    const me = await tx.db.user.findUnique({ where: { id } });
    if (!me) throw new Problem('FORBIDDEN');
    if (!name || name === me.name) return { __typename: 'UpdateProfileSuccess', user: me };
    const user = await tx.db.user.update({ where: { id }, data: { name, updatedAt: tx.now } });
    const memberships = await tx.db.membership.findMany({ where: { userId: id, status: { not: 'INACTIVE' } } });
    for (const membership of memberships) await sayMemberChanged(tx, user, membership);
    return { __typename: 'UpdateProfileSuccess', user };
  });
};
