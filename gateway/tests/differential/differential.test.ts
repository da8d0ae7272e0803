import canonicalize from 'canonicalize';
import { isInterfaceType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadSupergraph } from '../../src/supergraph.ts';
import { createOurs, createStock, type Outage, type Outcome } from './executors.ts';
import { randomOperations, TREACHEROUS } from './generate.ts';
import { createChance } from './random.ts';
import { COUNT, real, SEED } from './settings.ts';
import { toys } from './toys.ts';
import { createWorld } from './world.ts';

/** The order of fields follows the specification, which the stock executor does not always do. */
const sorted = (data: unknown): string => (data === undefined ? 'nothing' : canonicalize(data)!);

/** Whether an error stands where there is nothing: at its path, or at what its null took with it. */
const standsAtNull = (data: unknown, path: string): boolean => {
  let value = data;
  for (const step of JSON.parse(path) as (string | number)[]) {
    if (value === null || value === undefined) return true;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value === null || value === undefined;
};

/**
 * The stock executor counts entities that it did not ask for when it looks for the place of an error, so where a fetch
 * is for some types only, it can name the wrong item of a list. Then ours must name one where there is nothing.
 */
const sameErrors = (got: Outcome, want: Outcome): 'same' | 'elsewhere' | 'different' => {
  if (JSON.stringify(got.errors) === JSON.stringify(want.errors)) return 'same';
  const words = ({ errors }: Outcome): string => JSON.stringify(errors.map(({ message, code }) => [message, code]));
  const apart = got.errors.filter((error) => !want.errors.some((other) => JSON.stringify(other) === JSON.stringify(error)));
  return words(got) === words(want) && apart.every(({ path }) => standsAtNull(got.data, path)) ? 'elsewhere' : 'different';
};

/** The outermost null on the way to a place. */
const nullAt = (data: unknown, path: string): string => {
  const steps = JSON.parse(path) as (string | number)[];
  const depth = steps.findIndex((_, index) => standsAtNull(data, JSON.stringify(steps.slice(0, index + 1))));
  return JSON.stringify(depth === -1 ? steps : steps.slice(0, depth + 1));
};

/** Nulls that nobody explained. What else is told inside of what a null took with it, and of how much, is left to who executes. */
const unexplainedIn = ({ data, unexplained }: Outcome): string[] => [...new Set(unexplained.map((path) => nullAt(data, path)))].sort();

/** An answer without what another one lacks. */
const without = (got: unknown, want: unknown): unknown => {
  if (typeof got !== 'object' || got === null || typeof want !== 'object') return got;
  if (want === null) return null;
  if (Array.isArray(got)) return got.map((item, index) => without(item, (want as unknown[])[index]));
  return Object.fromEntries(Object.entries(got).filter(([key]) => key in want).map(([key, value]) => [key, without(value, (want as Record<string, unknown>)[key])]));
};

interface Counts {
  operations: number;
  answers: number;
  withErrors: number;
  /** Answers whose errors the stock executor put at the wrong item. */
  elsewhere: number;
  /**
   * Answers that lack fields of an object in the stock executor, although its type is certain: a subgraph that knows
   * its interface as an object overwrote its name, and no fetch put it right; or a fragment on an interface is inside,
   * and the name was not fetched, since it is certain. So it can where a field goes by a name that every object inherits,
   * which it then finds on the prototype.
   */
  lost: number;
}

const WORLDS_AN_OPERATION = 2;

const compare = async (name: string, sdl: string, count: number): Promise<Counts> => {
  const supergraph = loadSupergraph(sdl);
  const world = createWorld(sdl);
  const down: Outage = { subgraph: undefined };
  const [ours, stock] = [createOurs(supergraph, world, down), createStock(supergraph, world, down)];
  const chance = createChance(`${SEED} ${name}`);
  const onInterfaces = Object.values(supergraph.schema.getTypeMap()).flatMap((type) => (isInterfaceType(type) ? [`on ${type.name} `] : []));
  const counts: Counts = { operations: 0, answers: 0, withErrors: 0, elsewhere: 0, lost: 0 };
  for (const operation of randomOperations(supergraph.schema, chance)) {
    if (counts.operations === count) return counts;
    counts.operations += 1;
    const plan = supergraph.plan(operation.document);
    for (let run = 0; run < WORLDS_AN_OPERATION; run += 1) {
      Object.assign(world.chances, { salt: String(chance.below(1_000_000)), nulls: chance.pick([0, 0.05, 0.2]), errors: chance.pick([0, 0.02, 0.1]) });
      down.subgraph = chance.happens(0.1) ? chance.pick(world.subgraphs) : undefined;
      const [got, want] = [await ours(operation, plan), await stock(operation, plan)];
      const where = `${operation.text}\n${JSON.stringify(operation.variables)}\n${JSON.stringify({ ...world.chances, ...down, ask: undefined })}`;
      const isWhole = sorted(got.data) === sorted(want.data);
      const canLose = sdl.includes('isInterfaceObject: true') || [...TREACHEROUS.map((inherited) => `${inherited}:`), ...onInterfaces].some((text) => operation.text.includes(text));
      expect(sorted(canLose ? without(got.data, want.data) : got.data), where).toBe(sorted(want.data));
      if (!isWhole) counts.lost += 1;
      const errors = sameErrors(got, want);
      if (errors === 'different') expect(got.errors, where).toEqual(want.errors);
      expect(unexplainedIn(got), where).toEqual(unexplainedIn(want));
      counts.answers += 1;
      if (got.errors.length > 0) counts.withErrors += 1;
      if (errors === 'elsewhere') counts.elsewhere += 1;
    }
  }
  return counts;
};

describe('the executor, and the stock one, over the same subgraphs and random operations', () => {
  const graphs: readonly (readonly [string, () => string])[] = [['the platform itself', () => real], ...Object.entries(toys)];

  it.each(graphs)(
    'answer the same: %s',
    async (name, sdl) => {
      const counts = await compare(name, sdl(), COUNT);
      console.log(`${name}: ${counts.operations} operations, ${counts.answers} answers, ${counts.withErrors} of them with errors, ${counts.elsewhere} where the stock executor names a wrong place, ${counts.lost} where it loses an object (seed "${SEED}")`);
      expect(counts.operations).toBe(COUNT);
      expect(counts.withErrors).toBeGreaterThan(counts.answers / 20);
      expect(counts.elsewhere + counts.lost).toBeLessThan(counts.answers / 20);
    },
    600_000,
  );
});
