import type { DocumentRemovalResolvers } from './../__generated__/types.ts';
import { REMOVALS } from '../domain/removals.ts';

export const DocumentRemoval: DocumentRemovalResolvers = {
  message: ({ kind }) => REMOVALS[kind],
};
