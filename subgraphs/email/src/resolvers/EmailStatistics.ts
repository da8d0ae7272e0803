import type { EmailStatisticsResolvers } from './../__generated__/types.ts';

export const EmailStatistics: EmailStatisticsResolvers = {};
