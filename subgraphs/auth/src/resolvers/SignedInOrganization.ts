import type { SignedInOrganizationResolvers } from './../__generated__/types.ts';

export const SignedInOrganization: SignedInOrganizationResolvers = {};
