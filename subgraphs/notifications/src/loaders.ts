import { byForeignKey, byId, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { ownShown, visible } from './policies.ts';

type Source = LoaderSource<Database>;

export const notification = ({ db, actor }: Source) => byId((ids) => db.notification.findMany({ where: { id: { in: [...ids] }, ...ownShown(actor) } }));

export const deliveriesOfNotification = ({ db, actor }: Source) =>
  byForeignKey(
    (ids) => db.delivery.findMany({ where: { notificationId: { in: [...ids] }, ...visible(actor) }, orderBy: { channel: 'asc' } }),
    (delivery) => delivery.notificationId,
  );

export const signatureRequestsOfRecipient = ({ db, actor }: Source) =>
  byForeignKey(
    (ids) =>
      db.delivery.findMany({
        where: { channel: 'EMAIL', ...visible(actor), notification: { kind: 'SIGNATURE_REQUESTED', recipientId: { in: [...ids] } } },
        include: { notification: { select: { recipientId: true } } },
        orderBy: { id: 'desc' },
      }),
    (delivery) => delivery.notification.recipientId ?? '',
  );
