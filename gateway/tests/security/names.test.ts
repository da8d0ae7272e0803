import { anonymous } from '@buffrsign/kernel/gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorld } from '../directives/world.ts';
import { startPlatform, type Platform } from '../support/platform.ts';

const untouched = (): void => {
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect((Object.prototype as Record<string, unknown>)['email']).toBeUndefined();
};

describe('names that every object has', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform('over HTTP');
  });
  beforeEach(() => platform.forget());
  afterAll(() => platform.stop());

  it('are names like any other for a field, and change no prototype', async () => {
    const { body } = await platform.ask('{ __proto__: users { __proto__: id constructor: name } toString: thing(id: "t1") { hasOwnProperty: title valueOf: owner { __proto__: name } } }');
    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body.data)).toBe(
      '{"__proto__":[{"__proto__":"u1","constructor":"Ndapewa"},{"__proto__":"u2","constructor":"Tangeni"}],"toString":{"hasOwnProperty":"Pen","valueOf":{"__proto__":"Ndapewa"}}}',
    );
    untouched();
  });

  it('are names like any other for a fragment and an operation', async () => {
    const { body } = await platform.ask('query constructor { users { ...toString } } fragment toString on User { id ...valueOf } fragment valueOf on User { name }');
    expect(body.data?.['users'][0]).toEqual({ id: 'u1', name: 'Ndapewa' });
    const missing = await platform.ask('{ users { ...constructor } }');
    expect(missing.body.errors?.[0]?.message).toContain('Unknown fragment');
  });

  it('are names like any other for a variable, and give it nothing that was not sent', async () => {
    const sent = await platform.ask('query ($__proto__: ID!) { thing(id: $__proto__) { id } }', { variables: JSON.parse('{"__proto__":"t1"}') });
    expect(sent.body.data).toEqual({ thing: { id: 't1' } });
    const unsent = await platform.ask('query ($constructor: ID!) { thing(id: $constructor) { id } }', { variables: {} });
    expect(unsent.body.errors?.[0]?.message).toContain('"$constructor" of required type "ID!" was not provided');
    untouched();
  });

  it('do nothing in variables, extensions or the request that nobody asked for', async () => {
    const response = await fetch(platform.gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ users { id } }","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"variables":{"__proto__":{"polluted":true},"a":{"constructor":{"prototype":{"polluted":true}}}},"extensions":{"__proto__":{"persistedQuery":{}}}}',
    });
    expect(await response.json()).toEqual({ data: { users: [{ id: 'u1' }, { id: 'u2' }] } });
    untouched();
  });

  it('are no fields of a type', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) expect((await platform.ask(`{ users { ${name} } }`)).body.errors?.[0]?.message).toContain('Cannot query field');
  });
});

it('an answer of a subgraph that names a prototype changes none', async () => {
  const evil = JSON.parse('{"id":"1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as object;
  const world = startWorld({ one: { sdl: 'type Thing { id: ID more: Thing } type Query { thing: Thing }', resolvers: { Query: { thing: () => ({ ...evil, more: evil }) } } } });
  const { data } = await world.ask('{ __proto__: thing { id __proto__: more { id polluted: id } } }', anonymous);
  expect(JSON.stringify(data)).toBe('{"__proto__":{"id":"1","__proto__":{"id":"1","polluted":"1"}}}');
  untouched();
});
