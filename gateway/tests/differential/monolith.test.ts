import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { loadSupergraph } from '../../src/supergraph.ts';
import { createCollide } from './collide.ts';
import { createOurs } from './executors.ts';
import { randomOperations } from './generate.ts';
import { createChance } from './random.ts';
import { COUNT, real, SEED } from './settings.ts';
import { toys, toysOfOurs } from './toys.ts';
import { createWorld } from './world.ts';

/**
 * The stock executor carries out the same plan, so what the planner gets wrong, both do. One schema that is all subgraphs
 * at once needs no plan.
 */
describe('the gateway, and one schema that knows all, over random operations whose names are those of other fields', () => {
  const graphs: readonly (readonly [string, () => string])[] = [['the platform itself', () => real], ...Object.entries({ ...toys, ...toysOfOurs })];

  it.each(graphs)(
    'answer the same: %s',
    async (name, sdlOf) => {
      const sdl = sdlOf();
      const [supergraph, world, chance] = [loadSupergraph(sdl), createWorld(sdl), createChance(`${SEED} ${name}`)];
      const [ours, collide] = [createOurs(supergraph, world, { subgraph: undefined }), createCollide(supergraph.schema, chance)];
      let compared = 0;
      for (const random of randomOperations(supergraph.schema, chance)) {
        if (compared === COUNT) break;
        if (random.text.startsWith('subscription')) continue;
        const operation = collide(random);
        Object.assign(world.chances, { salt: String(chance.below(1_000_000)), nulls: 0, errors: 0, agree: true });
        const where = `${operation.text}\n${JSON.stringify(operation.variables)}\n${world.chances.salt}`;
        const [got, want] = [await ours(operation, supergraph.plan(operation.document)), await world.askWhole(operation.document, operation.variables)];
        expect(want.errors, where).toBeUndefined();
        expect([canonicalize(got.data), got.errors, got.unexplained], where).toEqual([canonicalize(want.data), [], []]);
        compared += 1;
      }
      console.log(`${name}: ${compared} operations (seed "${SEED}")`);
      expect(compared).toBe(COUNT);
    },
    600_000,
  );
});
