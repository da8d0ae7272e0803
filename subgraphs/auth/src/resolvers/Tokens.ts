import type { TokensResolvers } from './../__generated__/types.ts';

export const Tokens: TokensResolvers = {};
