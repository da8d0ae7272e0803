import { newId } from '@buffrsign/kernel';
import { notificationCreated } from '../events.ts';
import type { Channel } from './channel.ts';

/** The person's own list: there at once, and said to whoever listens. */
export const inApp: Channel = {
  name: 'IN_APP',
  reaches: ({ userId }) => userId !== null,
  async send(work, { notification, person }) {
    const { id: notificationId, organizationId } = notification;
    const userId = person.userId!;
    await work.db.delivery.create({ data: { id: newId('dlv'), organizationId, notificationId, channel: 'IN_APP', state: 'DELIVERED', createdAt: work.now, settledAt: work.now } });
    await work.publish(notificationCreated, { subject: userId, organizationId }, { notificationId, userId });
  },
};
