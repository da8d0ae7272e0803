import type { Span, Tracer } from '@buffrsign/kernel/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, subscribe } from './support/client.ts';
import { startPlatform, type Platform } from './support/platform.ts';

interface Made {
  readonly name: string;
  readonly parent: string | undefined;
  readonly traceparent: string;
  ended: boolean;
}

/** Counts spans instead of sending them anywhere. */
const createCountingTracer = (): { made: Made[]; tracer: Tracer } => {
  const made: Made[] = [];
  return {
    made,
    tracer: {
      start(name, _kind, parent) {
        const one: Made = { name, parent, traceparent: `00-${'a'.repeat(32)}-${String(made.length + 1).padStart(16, '0')}-01`, ended: false };
        made.push(one);
        return { traceId: 'a'.repeat(32), traceparent: one.traceparent, describe: () => undefined, end: () => void (one.ended = true) } satisfies Span;
      },
      within: (_span, work, ...args) => work(...args),
    },
  };
};

describe('the place in a trace', () => {
  const { made, tracer } = createCountingTracer();
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform('over HTTP', { telemetry: { tracer, metrics: undefined, version: 'test' } });
  });
  afterAll(() => platform.stop());

  it('goes to every subgraph that is asked, as the one of the fetch, and every span ends', async () => {
    const given = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
    await platform.ask('{ things { owner { name } } failing }', { headers: { traceparent: given } });
    const fetches = made.filter(({ name }) => name.startsWith('fetch '));
    const told = [...platform.users.seen, ...platform.things.seen].map(({ headers }) => headers['traceparent']);
    expect(told.sort()).toEqual(fetches.map(({ traceparent }) => traceparent).sort());
    expect(fetches).toHaveLength(3);
    expect(made[0]?.parent).toBe(given);
    expect(fetches.every(({ parent }) => parent === made[0]?.traceparent)).toBe(true);
    await expect.poll(() => made.filter(({ ended }) => !ended)).toEqual([]);
  });

  it('goes along when a subscription is opened at its source, and with what its events are completed by', async () => {
    [platform, made].forEach((each) => ('forget' in each ? each.forget() : (each.length = 0)));
    const client = connect(platform.gateway.subscriptionUrl);
    const { events, leave } = subscribe(client, 'subscription { counted { value thing { owner { name } } } }');
    await expect.poll(() => platform.ticker.readers()).toBe(1);
    platform.ticker.tick(1);
    await expect.poll(() => events).toHaveLength(1);
    const [source] = platform.things.seen.filter(({ query }) => query.startsWith('subscription'));
    expect(source?.extensions).toMatchObject({ requestId: expect.stringMatching(/^req_/), traceparent: made[0]?.traceparent });
    expect(platform.users.seen[0]?.headers['traceparent']).toBe(made.find(({ name }) => name === 'fetch users')?.traceparent);
    leave();
    await client.dispose();
    await expect.poll(() => made.filter(({ ended }) => !ended)).toEqual([]);
  });
});
