import type { UserResolvers } from './../__generated__/types.ts';

export const User: UserResolvers = {};
