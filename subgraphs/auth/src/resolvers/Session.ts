import type { SessionResolvers } from './../__generated__/types.ts';

export const Session: SessionResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.session.load(id),
  organization: (session, _args, ctx) => ctx.load.organization.load(session.organizationId),
};
