import type { SuggestedFieldResolvers } from './../__generated__/types.ts';

export const SuggestedField: SuggestedFieldResolvers = {
  rectangle: ({ x, y, width, height }) => ({ x, y, width, height }),
};
