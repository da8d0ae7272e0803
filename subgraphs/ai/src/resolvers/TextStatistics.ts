import type { TextStatisticsResolvers } from './../__generated__/types.ts';

export const TextStatistics: TextStatisticsResolvers = {};
