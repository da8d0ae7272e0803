import { invalidInput, Problem, type InvalidInput } from '@buffrsign/kernel';
import type { Notification } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { ownShown } from '../policies.ts';

export type MarkNotificationsReadOutcome = { readonly __typename: 'MarkNotificationsReadSuccess'; readonly notifications: readonly Notification[]; readonly unreadCount: number } | InvalidInput;

const MAX_IDS = 100;

interface Input {
  readonly ids?: readonly string[] | null | undefined;
  readonly all?: boolean | null | undefined;
}

const refuse = ({ ids, all }: Input): InvalidInput | null => {
  if (Boolean(ids) === Boolean(all)) return invalidInput([{ path: 'ids', message: 'Name the notifications, or say all, one of them.' }]);
  if (ids && ids.length > MAX_IDS) return invalidInput([{ path: 'ids', message: `Name at most ${MAX_IDS} notifications at once.` }]);
  return null;
};

export const markNotificationsRead = async (ctx: Context, input: Input): Promise<MarkNotificationsReadOutcome> => {
  const mine = ownShown(ctx.actor);
  const refusal = refuse(input);
  if (refusal) return refusal;

  return ctx.transaction(async (tx) => {
    const where = { ...mine, ...(input.ids && { id: { in: [...input.ids] } }) };
    await tx.db.notification.updateMany({ where: { ...where, readAt: null }, data: { readAt: tx.now } });
    const notifications = input.ids ? await tx.db.notification.findMany({ where, orderBy: { id: 'desc' } }) : [];
    // Thrown inside the transaction: with one that is not the viewer's, none is marked.
    if (input.ids && notifications.length < new Set(input.ids).size) throw new Problem('NOT_FOUND');
    const unreadCount = await tx.db.notification.count({ where: { ...mine, readAt: null } });
    return { __typename: 'MarkNotificationsReadSuccess', notifications, unreadCount };
  });
};
