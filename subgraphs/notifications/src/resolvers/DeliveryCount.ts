import type { DeliveryCountResolvers } from './../__generated__/types.ts';

export const DeliveryCount: DeliveryCountResolvers = {};
