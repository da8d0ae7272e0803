import type { SchemaVersionResolvers } from './../__generated__/types.ts';
import type { SchemaChange } from '../domain/schema-diff.ts';

export const SchemaVersion: SchemaVersionResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.schemaVersion.load(reference.id),
  changes: (version) => version.changes as unknown as SchemaChange[],
  publishedBy: (version) => ({ id: version.publishedById }),
};
