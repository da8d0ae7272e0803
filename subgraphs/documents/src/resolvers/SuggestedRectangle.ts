import type { SuggestedRectangleResolvers } from './../__generated__/types.ts';

export const SuggestedRectangle: SuggestedRectangleResolvers = {};
