import type { AnalyticsOverviewResolvers } from './../__generated__/types.ts';

export const AnalyticsOverview: AnalyticsOverviewResolvers = {};
