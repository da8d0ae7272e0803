import type { DashboardResolvers } from './../__generated__/types.ts';

export const Dashboard: DashboardResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.dashboard.load(id),
  widgets: ({ id }, _args, ctx) => ctx.load.widgetsOfDashboard.load(id),
  createdBy: ({ createdById }) => ({ id: createdById }),
};
