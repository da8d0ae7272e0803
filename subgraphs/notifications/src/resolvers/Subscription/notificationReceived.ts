import type { SubscriptionResolvers } from './../../__generated__/types.ts';
import { found } from '@buffrsign/kernel';
import type { Context } from '../../context.ts';
import * as useCases from '../../use-cases/index.ts';
import type { Arrival } from '../../use-cases/watch-notifications.ts';

export const notificationReceived: NonNullable<SubscriptionResolvers['notificationReceived']> = {
  subscribe: (_root, _args, ctx) => useCases.watchNotifications(ctx),
  // Read anew for every event: what is shown is what the viewer could query now.
  resolve: async ({ notificationId, occurredAt }: Arrival, _args: unknown, ctx: Context) => {
    const notification = found(await ctx.load.notification.load(notificationId));
    return { notification, occurredAt };
  },
};
