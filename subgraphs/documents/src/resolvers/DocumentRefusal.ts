import type { DocumentRefusalResolvers } from './../__generated__/types.ts';

export const DocumentRefusal: DocumentRefusalResolvers = {};
