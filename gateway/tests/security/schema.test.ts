import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGatewayEnv } from '../../src/env.ts';
import type { Introspection } from '../../src/index.ts';
import { openRaw } from '../support/client.ts';
import { startPlatform, type Platform } from '../support/platform.ts';
import { SECRET } from '../support/subgraph.ts';

const query = '{ ...Q } fragment Q on Query { __schema { queryType { name } } }';
const byName = '{ users { id } __type(name: "User") { name } }';

describe.each<[introspection: Introspection, scopes: readonly string[] | undefined, code: string | undefined]>([
  ['all', undefined, undefined],
  ['users', undefined, 'UNAUTHENTICATED'],
  ['users', [], undefined],
  [{ scope: 'schema:read' }, undefined, 'UNAUTHENTICATED'],
  [{ scope: 'schema:read' }, ['other'], 'FORBIDDEN'],
  [{ scope: 'schema:read' }, ['schema:read'], undefined],
  ['none', ['schema:read'], 'GRAPHQL_VALIDATION_FAILED'],
])('the schema, shown to %j, asked for with scopes %j', (introspection, scopes, code) => {
  let platform: Platform;
  let token: string | undefined;
  beforeAll(async () => {
    platform = await startPlatform('in process', { introspection });
    token = scopes && platform.issuer.issue({ scopes: [...scopes] });
  });
  afterAll(() => platform.stop());

  it(code ? 'is not told, neither whole nor by name, and nothing beside it is fetched' : 'is told', async () => {
    for (const asked of [query, byName]) {
      const { body } = await platform.ask(asked, { token });
      expect(body.errors?.[0]?.extensions?.['code']).toBe(code);
      expect(body.data === undefined).toBe(code !== undefined);
    }
    if (code) expect(platform.sent()).toBe('');
  });

  it('is told or not over a socket as it is over HTTP', async () => {
    const { say, received, socket } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init', payload: token ? { authorization: `Bearer ${token}` } : {} });
    await expect.poll(() => received).toHaveLength(1);
    say({ id: '1', type: 'subscribe', payload: { query } });
    await expect.poll(() => received.length).toBeGreaterThan(1);
    const told = JSON.stringify(received[1]);
    expect(code ? told : '').toContain(code ?? '');
    expect(told.includes('"name":"Query"')).toBe(code === undefined);
    socket.close();
  });

  it(introspection === 'all' ? 'is helped with names' : 'is not told by hints at names', async () => {
    const told = [];
    for (const wrong of ['{ user { id } }', '{ users { emial } }', '{ thing(idd: 1) { id } }', '{ users { ... on Usr { id } } }', 'query ($l: Levle) { users { id } }']) told.push(...((await platform.ask(wrong, { token })).body.errors ?? []));
    expect(told.some(({ message }) => message.includes('Did you mean'))).toBe(introspection === 'all');
  });
});

describe('INTROSPECTION', () => {
  const settings = { ACTOR_TOKEN_SECRET: SECRET, TOKEN_ISSUERS: 'auth user http://127.0.0.1:1/keys' };
  it('is all, users, none or a scope, and nothing else', () => {
    expect(readGatewayEnv(settings).introspection).toBe('all');
    expect(readGatewayEnv({ ...settings, INTROSPECTION: 'users' }).introspection).toBe('users');
    expect(readGatewayEnv({ ...settings, INTROSPECTION: 'scope:schema:read' }).introspection).toEqual({ scope: 'schema:read' });
    for (const wrong of ['true', 'scope:', 'scope:a b', 'nobody']) expect(() => readGatewayEnv({ ...settings, INTROSPECTION: wrong })).toThrow('INTROSPECTION: must be all, users, none or scope:<name>');
  });
});
