import { createLean } from '@buffrsign/kernel/platform';
import { execute, isObjectType, isUnionType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { randomOperations } from './generate.ts';
import { createChance, hashOf } from './random.ts';
import { toys } from './toys.ts';
import { createWorld, type World } from './world.ts';

/** Operations a subgraph of a toy, and where chance begins; the platform's own subgraphs get a part of that each. */
const COUNT = Number(process.env['DIFFERENTIAL_COUNT'] ?? 350);
const SEED = process.env['DIFFERENTIAL_SEED'] ?? 'one';
const real = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');

/**
 * Gives every field the world's resolver: fields of some types answer at once, of others later. Types that can stand in
 * one list do alike: graphql's own execution leaves promises to nobody when a later item of a list fails at once.
 */
const withResolvers = (schema: GraphQLSchema, { resolve }: World): GraphQLSchema => {
  const inUnions = new Set(Object.values(schema.getTypeMap()).flatMap((type) => (isUnionType(type) ? type.getTypes() : [])));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isLater = type.getInterfaces().length === 0 && !inUnions.has(type) && hashOf(type.name) % 2 === 0;
    for (const field of Object.values(type.getFields())) {
      const later: GraphQLFieldResolver<any, unknown> = async (...given) => resolve(...given);
      field.resolve = isLater ? later : resolve;
    }
  }
  return schema;
};

const inOrder = (errors: readonly { toJSON(): unknown }[] = []): string[] => errors.map((error) => JSON.stringify(error.toJSON())).sort();

const compare = async (sdl: string, seed: string, count: number): Promise<{ answers: number; withErrors: number }> => {
  const world = createWorld(sdl);
  const counts = { answers: 0, withErrors: 0 };
  for (const [name, bare] of world.schemas) {
    const schema = withResolvers(bare, world);
    const chance = createChance(`${seed} ${name}`);
    const operations = randomOperations(schema, chance);
    for (let turn = 0; turn < count; turn += 1) {
      const { document, text, variables } = operations.next().value;
      Object.assign(world.chances, { salt: String(chance.below(1_000_000)), nulls: chance.pick([0, 0.05, 0.2]), errors: chance.pick([0, 0.02, 0.1]) });
      const got = await createLean(schema, document, world.typeOf).execute({ variables, operationName: undefined, context: {} });
      const want = await execute({ schema, document, variableValues: variables, contextValue: {}, typeResolver: world.typeOf });
      expect(JSON.stringify(got.data), text).toBe(JSON.stringify(want.data));
      // Where several fields fail that cannot be null, which of them is heard of first is a matter of time.
      if (JSON.stringify(inOrder(got.errors)) !== JSON.stringify(inOrder(want.errors))) {
        expect(want.errors?.length, text).toBeGreaterThan(0);
        expect(got.errors?.length, text).toBeGreaterThan(0);
      }
      counts.answers += 1;
      if (want.errors) counts.withErrors += 1;
    }
  }
  return counts;
};

describe('a subgraph in this process, and graphql’s own execution, over random operations', () => {
  it.each([['the platform itself', () => real, COUNT / 7], ...Object.entries(toys).map(([name, sdl]) => [name, sdl, COUNT] as const)] as const)(
    'answer the same: %s',
    async (name, sdl, count) => {
      const { answers, withErrors } = await compare(sdl(), `${SEED} ${name}`, count);
      console.log(`${name}: ${answers} operations, ${withErrors} with errors (seed "${SEED}")`);
      expect(withErrors).toBeGreaterThan(answers / 30);
    },
    600_000,
  );
});
