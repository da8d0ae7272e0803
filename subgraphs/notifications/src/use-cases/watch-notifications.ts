import { mapStream, requireUser, type LiveFact, type Stream } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { notificationCreated } from '../events.ts';

/** A new notification of the viewer, to be read from the database before it is shown. */
export interface Arrival {
  readonly notificationId: string;
  readonly occurredAt: Date;
  /** From where a client goes on that has seen this. */
  readonly cursor: string;
}

type Created = LiveFact<typeof notificationCreated>;

/** Leaves out what belongs to another organization of the same person: they act for one at a time. */
const onlyOf = (organizationId: string, facts: AsyncIterableIterator<Created>): AsyncIterableIterator<Created> => {
  const own: AsyncIterableIterator<Created> = {
    [Symbol.asyncIterator]: () => own,
    async next() {
      for (;;) {
        const result = await facts.next();
        if (result.done || result.value.organizationid === organizationId) return result;
      }
    },
    return: () => facts.return!(),
  };
  return own;
};

/**
 * The viewer's notifications as they are made; for a client that comes back, those that it missed first.
 *
 * @throws Problem FORBIDDEN to guests, CURSOR_INVALID, CURSOR_EXPIRED
 */
export const watchNotifications = async (ctx: Context): Promise<Stream<Arrival>> => {
  const { id, organizationId } = requireUser(ctx.actor);
  const facts = await ctx.live(notificationCreated, id);
  return mapStream(onlyOf(organizationId, facts), async ({ data, time, cursor }) => ({ notificationId: data.notificationId, occurredAt: new Date(time), cursor }));
};
