export type { SchemaVersion as SchemaVersionMapper } from '../__generated__/prisma/client.ts';
export type { SchemaChange as SchemaChangeMapper } from '../domain/schema-diff.ts';
