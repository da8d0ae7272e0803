import { byForeignKey, byId, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { present, visible } from './policies.ts';

type Source = LoaderSource<Database>;

/** Attempts of one delivery that are shown. */
const RECENT = 20;

export const webhookEndpoint = ({ db, actor }: Source) => byId((ids) => db.webhookEndpoint.findMany({ where: { id: { in: [...ids] }, ...present(actor) } }));

export const webhookDelivery = ({ db, actor }: Source) => byId((ids) => db.webhookDelivery.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const recentAttempts = ({ db, actor }: Source) =>
  byForeignKey(
    async (ids) => {
      const attempts = { orderBy: { number: 'desc' }, take: RECENT } as const;
      const deliveries = await db.webhookDelivery.findMany({ where: { id: { in: [...ids] }, ...visible(actor) }, select: { attempts } });
      return deliveries.flatMap((delivery) => delivery.attempts);
    },
    (attempt) => attempt.webhookDeliveryId,
  );
