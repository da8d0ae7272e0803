import type { ViewerResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

export const Viewer: ViewerResolvers = {
  permissions: ({ role }) => role.permissions,
  isEmailVerified: ({ user }) => user.emailVerifiedAt !== null,
  memberships: (viewer, _args, ctx) => useCases.listOwnMemberships(ctx, viewer),
};
