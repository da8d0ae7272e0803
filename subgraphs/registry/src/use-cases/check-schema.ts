import { readInput, type InvalidInput } from '@buffrsign/kernel';
import type { SchemaVersion } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { differencesBetween, MAX_CHANGES, schemaModel, type SchemaChange } from '../domain/schema-diff.ts';
import { visible } from '../policies.ts';

export type CheckSchemaOutcome = { readonly __typename: 'CheckSchemaSuccess'; readonly against: SchemaVersion | null; readonly changes: readonly SchemaChange[] } | InvalidInput;

export const checkSchema = async (ctx: Context, input: unknown): Promise<CheckSchemaOutcome> => {
  const read = readInput(schemaModel, input);
  if ('refusal' in read) return read.refusal;
  const against = await ctx.db.schemaVersion.findFirst({ where: visible(ctx.actor), orderBy: { number: 'desc' } });
  const changes = against ? await differencesBetween(against.sdl, read.data.sdl.schema) : [];
  return { __typename: 'CheckSchemaSuccess', against, changes: changes.slice(0, MAX_CHANGES) };
};
