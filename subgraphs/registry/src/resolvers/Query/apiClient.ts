import type { QueryResolvers } from './../../__generated__/types.ts';

export const apiClient: NonNullable<QueryResolvers['apiClient']> = (_root, { id }, ctx) => ctx.load.apiClient.load(id);
