import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

/** One difference between two schemas. */
export interface SchemaChange {
  readonly criticality: 'BREAKING' | 'DANGEROUS' | 'SAFE';
  readonly message: string;
  readonly path: string | null;
}

/** Differences that are kept of one comparison. */
export const MAX_CHANGES = 1_000;

const criticalities = { [CriticalityLevel.Breaking]: 'BREAKING', [CriticalityLevel.Dangerous]: 'DANGEROUS', [CriticalityLevel.NonBreaking]: 'SAFE' } as const;
const gravity = { BREAKING: 0, DANGEROUS: 1, SAFE: 2 } as const;

/** Reads a schema from SDL that clients see. */
const sdl = z
  .string()
  .max(1_000_000, 'A schema has at most 1,000,000 characters.')
  .transform((text, ctx): { readonly text: string; readonly schema: GraphQLSchema } => {
    try {
      return { text, schema: buildSchema(text) };
    } catch (error) {
      ctx.addIssue({ code: 'custom', message: `This is not a schema that clients could see: ${error instanceof GraphQLError || error instanceof Error ? error.message : 'it cannot be read'}` });
      return z.NEVER;
    }
  });

export const schemaModel = z.object({ sdl });

export const schemaVersionModel = z.object({ sdl, changelog: z.string().trim().min(1, 'Say what changed.').max(10_000, 'A changelog has at most 10,000 characters.') });

/** What differs from the SDL of a version that was taken before, the gravest first. */
export const differencesBetween = async (before: string, after: GraphQLSchema): Promise<readonly SchemaChange[]> => {
  const changes = await diff(buildSchema(before), after);
  return changes
    .map(({ criticality, message, path }) => ({ criticality: criticalities[criticality.level], message, path: path ?? null }))
    .sort((one, other) => gravity[one.criticality] - gravity[other.criticality]);
};
