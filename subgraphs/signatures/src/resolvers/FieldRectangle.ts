import type { FieldRectangleResolvers } from './../__generated__/types.ts';

export const FieldRectangle: FieldRectangleResolvers = {};
