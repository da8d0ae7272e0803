import type { SignedInUserResolvers } from './../__generated__/types.ts';

export const SignedInUser: SignedInUserResolvers = {};
