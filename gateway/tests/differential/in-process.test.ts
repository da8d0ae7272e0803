import { createLean } from '@buffrsign/kernel/platform';
import { execute, isObjectType, isUnionType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { randomOperations } from './generate.ts';
import { createChance, hashOf } from './random.ts';
import { COUNT, real, SEED } from './settings.ts';
import { toys } from './toys.ts';
import { createWorld, type World } from './world.ts';

/** The thing that a value with properties stands for. */
const things = new WeakMap<object, object>();
const thingOf = <Value>(value: Value): Value => (typeof value === 'object' && value !== null ? ((things.get(value) as Value | undefined) ?? value) : value);

const isPlain = (name: string): boolean => hashOf(name) % 3 === 0;

/**
 * Gives every field the world's resolver: fields of some types answer at once, of others later, and of some there are no
 * resolvers, but properties, or methods where they take arguments. Types that can stand in one list do alike: graphql's
 * own execution leaves promises to nobody when a later item of a list fails at once.
 */
const withResolvers = (schema: GraphQLSchema, { resolve, typeOf }: World): GraphQLSchema => {
  const inUnions = new Set(Object.values(schema.getTypeMap()).flatMap((type) => (isUnionType(type) ? type.getTypes() : [])));
  const typeOfThing = (value: any) => schema.getType((typeOf as (value: unknown, context: unknown, info: { schema: GraphQLSchema }) => string)(value, {}, { schema }));

  const withProperties = (value: any): unknown => {
    if (Array.isArray(value)) return value.map(withProperties);
    const type = typeof value === 'object' && value !== null && 'seed' in value ? typeOfThing(value) : undefined;
    if (!isObjectType(type) || !isPlain(type.name)) return value;
    const get = (thing: object, name: string | symbol): unknown => {
      const field = typeof name === 'string' ? type.getFields()[name] : undefined;
      if (!field) return Reflect.get(thing, name);
      const read = (args: object) => withProperties(resolve(thing, args as any, {}, { fieldName: field.name, returnType: field.type, parentType: type, schema } as any));
      return field.args.length > 0 ? read : read({});
    };
    const proxy = new Proxy(value as object, { get });
    things.set(proxy, value as object);
    return proxy;
  };

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    if (isPlain(type.name) && type !== schema.getQueryType() && type !== schema.getMutationType()) continue;
    const isLater = type.getInterfaces().length === 0 && !inUnions.has(type) && hashOf(type.name) % 2 === 0;
    for (const field of Object.values(type.getFields())) {
      const atOnce: GraphQLFieldResolver<any, unknown> = (source, ...given) => withProperties(resolve(thingOf(source), ...given));
      const later: GraphQLFieldResolver<any, unknown> = async (...given) => atOnce(...given);
      field.resolve = isLater ? later : atOnce;
    }
  }
  return schema;
};

const inOrder = (errors: readonly { toJSON(): unknown }[] = []): string[] => errors.map((error) => JSON.stringify(error.toJSON())).sort();

const compare = async (sdl: string, seed: string, count: number): Promise<{ answers: number; withErrors: number }> => {
  const world = createWorld(sdl);
  const typeOf: World['typeOf'] = (value, ...given) => world.typeOf(thingOf(value), ...given);
  const counts = { answers: 0, withErrors: 0 };
  for (const [name, bare] of world.schemas) {
    const schema = withResolvers(bare, world);
    const chance = createChance(`${seed} ${name}`);
    const operations = randomOperations(schema, chance);
    for (let turn = 0; turn < count; turn += 1) {
      const { document, text, variables } = operations.next().value;
      Object.assign(world.chances, { salt: String(chance.below(1_000_000)), nulls: chance.pick([0, 0.05, 0.2]), errors: chance.pick([0, 0.02, 0.1]) });
      const got = await createLean(schema, document, typeOf).execute({ variables, operationName: undefined, context: {} });
      const want = await execute({ schema, document, variableValues: variables, contextValue: {}, typeResolver: typeOf });
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
