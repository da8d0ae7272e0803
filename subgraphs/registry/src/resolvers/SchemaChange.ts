import type { SchemaChangeResolvers } from './../__generated__/types.ts';

export const SchemaChange: SchemaChangeResolvers = {};
