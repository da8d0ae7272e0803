import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGatewayEnv } from '../src/env.ts';
import { openRaw } from './support/client.ts';
import { startPlatform, type Platform } from './support/platform.ts';
import { SECRET } from './support/subgraph.ts';

const times = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (levels: number): string => (levels === 0 ? 'id' : `things { owner { ${nested(levels - 1)} } }`);

/** Eighteen fragments, each used twice by the one before: a quarter of a million fields in a short text. */
const bomb = `{ users { ...F0 } } ${times(18, (n) => `fragment F${n} on User { things { owner { id } } ${n < 17 ? `...F${n + 1} ...on User { ...F${n + 1} }` : 'id'} }`)}`;

describe('limits', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform('in process', { limits: { operationsPerSocket: 2 } });
  });
  afterAll(() => platform.stop());

  it.each([
    ['depth', `{ users { ${nested(12)} } }`, /levels deep; at most 20/],
    ['aliases', `{ users { ${times(31, (n) => `a${n}: id`)} } }`, /31 aliases; at most 30/],
    ['aliases in fragments', `{ a: users { ...F } b: users { ...F } } fragment F on User { ${times(15, (n) => `a${n}: id`)} }`, /32 aliases; at most 30/],
    ['root fields', `{ ${times(21, () => 'users { id }')} }`, /21 fields at its top; at most 20/],
    ['fields', bomb, /fragments written out; at most 2000/],
    ['tokens', `{ users { ${times(5_000, () => 'id')} } }`, /more tha. 5000 tokens/],
  ])('refuses too much in %s over HTTP and over a socket, and fetches nothing', async (_what, query, says) => {
    platform.forget();
    const { status, body } = await platform.ask(query);
    expect(status).toBe(400);
    expect(body.errors?.map(({ message }) => message).join()).toMatch(says);
    const { say, received, socket } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init' });
    await expect.poll(() => received).toHaveLength(1);
    say({ id: '1', type: 'subscribe', payload: { query } });
    await expect.poll(() => received[1]).toMatchObject({ id: '1', type: 'error' });
    expect(JSON.stringify(received[1]?.['payload'])).toMatch(says);
    expect(platform.sent()).toBe('');
    socket.close();
  });

  it('has room for the introspection of tools', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { status, body } = await platform.ask(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }));
    expect([status, body.errors]).toEqual([200, undefined]);
  });

  it('refuses one operation more than a socket may run, and lets the others be', async () => {
    const { say, received, socket } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init' });
    await expect.poll(() => received).toHaveLength(1);
    for (const id of ['1', '2', '3']) say({ id, type: 'subscribe', payload: { query: 'subscription { counted { value } }' } });
    await expect.poll(() => received[1]).toMatchObject({ id: '3', type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    await expect.poll(() => platform.ticker.readers()).toBe(2);
    platform.ticker.tick(1);
    await expect.poll(() => received.filter(({ type }) => type === 'next')).toHaveLength(2);
    socket.close();
    await expect.poll(() => platform.ticker.readers()).toBe(0);
  });
});

describe('LIMITS', () => {
  const settings = { ACTOR_TOKEN_SECRET: SECRET, TOKEN_ISSUERS: 'auth user http://127.0.0.1:1/keys' };

  it('sets limits by their names, and leaves the others', () => {
    expect(readGatewayEnv(settings).limits).toEqual({});
    expect(readGatewayEnv({ ...settings, LIMITS: 'sockets=20000, socketsPerClient = 1000' }).limits).toEqual({ sockets: 20_000, socketsPerClient: 1_000 });
  });

  it.each([
    ['sockts=1', '"sockts=1" names no limit. There are: depth, '],
    ['__proto__=1', '"__proto__=1" names no limit.'],
    ['depth', '"depth" is not of the form "depth=20"'],
    ['depth=0', '"depth=0" is not of the form "depth=20"'],
    ['depth=1.5', '"depth=1.5" is not of the form "depth=20"'],
    ['depth=1=2', '"depth=1=2" is not of the form "depth=20"'],
  ])('that cannot be understood is refused by name: %s', (text, says) => {
    expect(() => readGatewayEnv({ ...settings, LIMITS: text })).toThrow(`LIMITS: ${says}`);
  });
});
