import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const notificationDeliveryStatistics: NonNullable<QueryResolvers['notificationDeliveryStatistics']> = (_root, args, ctx) => useCases.countDeliveries(ctx, args);
