import { anonymous, type Actor } from '@buffrsign/kernel/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluatePolicies, PolicyContext } from '../../src/index.ts';
import { createTicker } from '../support/toys.ts';
import { startWorld, type World, type Written } from './world.ts';

const somebody: Actor = { kind: 'user', id: 'u1', organizationId: 'o1', scopes: [] };

interface Asked {
  readonly names: readonly string[];
  readonly actor: Actor;
  readonly context: PolicyContext;
}

describe('policies', () => {
  const ticker = createTicker();
  const subgraph: Written = {
    sdl: `
      type Thing { name: String price: Int @policy(policies: [["prices"]]) origin: String @policy(policies: [["origins", "prices"], ["all"]]) }
      type Query { thing: Thing open: String }
      type Subscription { thing: Thing }
    `,
    resolvers: {
      Query: { thing: () => ({ name: 'Pen', price: 7, origin: 'Oshakati' }), open: () => 'open' },
      Subscription: { thing: { subscribe: () => ticker.listen(), resolve: (price: number) => ({ name: 'Pen', price, origin: 'Oshakati' }) } },
    },
  };
  const asked: Asked[] = [];
  let decide: (names: readonly string[]) => ReturnType<EvaluatePolicies>;
  let world: World;
  beforeEach(() => {
    asked.length = 0;
    decide = async (names) => new Set(names);
    world = startWorld({ subgraph }, (names, actor, context) => {
      asked.push({ names, actor, context });
      return decide(names);
    });
  });

  it('are asked for once, by all the names that the operation needs, with who acts and what is asked', async () => {
    const query = '{ thing { price origin } again: thing { price @skip(if: false) ...F } } fragment F on Thing { origin }';
    expect((await world.ask(query, somebody, { given: 1 })).errors).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect([...asked[0]!.names].sort()).toEqual(['all', 'origins', 'prices']);
    expect(asked[0]).toMatchObject({ actor: somebody, context: { requestId: 'req_1', variables: { given: 1 } } });
  });

  it('are not asked for where an operation needs none', async () => {
    expect(await world.ask('{ open thing { name } }', anonymous)).toEqual({ data: { open: 'open', thing: { name: 'Pen' } } });
    expect(asked).toEqual([]);
  });

  it.each<[what: string, answer: Awaited<ReturnType<EvaluatePolicies>>]>([
    ['left out of a set', new Set(['other'])],
    ['left out of a map', new Map([['other', true]])],
    ['false in a map', new Map([['prices', false]])],
    ['something else than true in a map', new Map([['prices', 'yes' as unknown as boolean]])],
  ])('do not hold when they are %s', async (_what, answer) => {
    decide = async () => answer;
    const { data, errors } = await world.ask('{ thing { name price } }', somebody);
    expect([data, errors?.map(({ path }) => path)]).toEqual([{ thing: { name: 'Pen', price: null } }, [['thing', 'price']]]);
    expect(world.sent()).not.toContain('price');
  });

  it('that cannot be decided refuse the operation, and nothing is fetched', async () => {
    decide = () => Promise.reject(new Error('the store of policies at 10.0.0.7 is down'));
    const { data, errors } = await world.ask('{ thing { name price } }', somebody);
    expect([data, errors?.[0]?.extensions['code']]).toEqual([undefined, 'UNAVAILABLE']);
    expect(errors?.[0]?.message).not.toContain('10.0.0.7');
    expect(world.sent()).toBe('');
  });

  it('keep the plans of those apart for whom other ones hold', async () => {
    const query = '{ thing { name price origin } }';
    const answers = [];
    for (const holding of [['prices'], ['all'], ['prices', 'origins'], [], ['prices']]) {
      decide = async () => new Set(holding);
      answers.push((await world.ask(query, somebody)).data?.['thing']);
    }
    const full = { name: 'Pen', price: 7, origin: 'Oshakati' };
    expect(answers).toEqual([{ ...full, origin: null }, { ...full, price: null }, full, { ...full, price: null, origin: null }, { ...full, origin: null }]);
  });

  describe('of a subscription', () => {
    let stream: AsyncIterableIterator<unknown> | undefined;
    afterEach(() => stream?.return?.());

    it('are asked for again at each event', async () => {
      stream = await world.subscribe('subscription { thing { price } }', somebody);
      await expect.poll(() => ticker.readers()).toBe(1);
      for (const price of [1, 2]) {
        const next = stream.next();
        ticker.tick(price);
        expect(await next).toEqual({ done: false, value: { data: { thing: { price } } } });
      }
      expect(asked).toHaveLength(3);
    });

    it('end it with an error when others hold, before anything of the event is shown', async () => {
      stream = await world.subscribe('subscription { thing { price } }', somebody);
      await expect.poll(() => ticker.readers()).toBe(1);
      decide = async () => new Set();
      const next = stream.next();
      ticker.tick(9);
      const { value } = (await next) as { value: { data?: unknown; errors: { extensions: object }[] } };
      expect(value.data).toBeUndefined();
      expect(value.errors[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE', reason: 'POLICY_CHANGED' });
      expect(await stream.next()).toEqual({ done: true, value: undefined });
      await expect.poll(() => ticker.readers()).toBe(0);
    });

    it('end it when they cannot be decided any more', async () => {
      stream = await world.subscribe('subscription { thing { price } }', somebody);
      await expect.poll(() => ticker.readers()).toBe(1);
      decide = () => Promise.reject(new Error('down'));
      const next = stream.next();
      ticker.tick(9);
      expect((await next).value).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
      expect(await stream.next()).toEqual({ done: true, value: undefined });
    });
  });
});
