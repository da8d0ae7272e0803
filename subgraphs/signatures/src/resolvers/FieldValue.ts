import type { FieldValueResolvers } from './../__generated__/types.ts';

export const FieldValue: FieldValueResolvers = {};
