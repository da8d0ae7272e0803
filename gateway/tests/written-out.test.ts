import { describe, expect, it } from 'vitest';
import type { Data } from '../src/execute/data.ts';
import { entityFieldsOf } from '../src/execute/fetch.ts';
import { compileMergeIntoAll } from '../src/execute/merge-into-all.ts';
import { compilePlaces } from '../src/execute/places.ts';
import { compileRepresent } from '../src/execute/representation.ts';
import { compileShapeFields } from '../src/execute/shape-fields.ts';
import type { Shaping } from '../src/execute/shape.ts';

/** As subgraphs answer: a name of the prototype can be a field like any other. */
const answered = (text: string): Data => JSON.parse(text) as Data;

describe('fields of an entity', () => {
  const mergeFor = (query: string) => compileMergeIntoAll([...entityFieldsOf(query).keys()]);
  const merge = mergeFor('query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { price: cost maker { name } } ...Stock } } fragment Stock on Product { inStock }');

  it('are put at all places of it', () => {
    const places: Data[] = [{ upc: '1' }, { upc: '1', price: 1 }];
    merge(places, { price: 5, inStock: null, maker: { name: 'A' } });
    expect(places).toEqual([{ upc: '1', price: 5, inStock: null, maker: { name: 'A' } }, { upc: '1', price: 5, inStock: null, maker: { name: 'A' } }]);
  });

  it('are merged with what is known of the objects inside', () => {
    const place: Data = { maker: { id: '7' }, inStock: true };
    merge([place], { maker: { name: 'A' } });
    expect(place).toEqual({ maker: { id: '7', name: 'A' }, inStock: true });
  });

  it('are those that were asked for', () => {
    const place: Data = {};
    merge([place], { price: 5, unasked: 1 });
    expect(place).toEqual({ price: 5 });
  });

  it('may have the names that every object inherits', () => {
    const place: Data = { id: '1' };
    mergeFor('{ _entities(representations: []) { ... on Product { __proto__: name constructor: price { of } } } }')([place], answered('{ "__proto__": "mine", "constructor": { "of": 1 } }'));
    expect(Object.getPrototypeOf(place)).toBe(Object.prototype);
    expect(Object.entries(place)).toEqual([['id', '1'], ['__proto__', 'mine'], ['constructor', { of: 1 }]]);
  });
});

describe('places of a path', () => {
  const root = answered('{ "users": [{ "reviews": [{ "id": 1 }, null, { "id": 2 }] }, null, { "reviews": null }, { "reviews": [[{ "id": 3 }]] }, { "constructor": [{ "id": 4 }] }] }');

  it('are all objects at it, and nothing that is none', () => {
    expect(compilePlaces(['users', '@', 'reviews', '@'])(root, false)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(compilePlaces(['users', '@', 'reviews', '@', '@'])(root, false)).toEqual([{ id: 3 }]);
  });

  it('are never found on the prototype', () => {
    expect(compilePlaces(['users', '@', 'constructor', '@'])(root, false)).toEqual([{ id: 4 }]);
    expect(compilePlaces(['users', '@', '__proto__'])(root, false)).toEqual([]);
  });

  it('are each given once where several places have objects in common', () => {
    const shared = { id: 1 };
    expect(compilePlaces(['users', '@'])({ users: [shared, shared] }, true)).toEqual([shared]);
    expect(compilePlaces(['users', '@'])({ users: [shared, shared] }, false)).toEqual([shared, shared]);
  });
});

describe('what a subgraph is told of an entity', () => {
  const represent = compileRepresent([{ kind: 'Field', name: '__proto__' }, { kind: 'Field', name: 'upc' }], () => new Set());

  it('has its fields by their names, whatever these are', () => {
    expect(Object.entries(represent(answered('{ "upc": "1", "__proto__": 2 }'))!)).toEqual([['__proto__', 2], ['upc', '1']]);
  });

  it('is nothing where a field is missing, on the entity itself', () => {
    expect(represent({ upc: '1' })).toBeUndefined();
  });
});

describe('a shaped object', () => {
  const asItIs = (value: unknown): unknown => value ?? null;
  const shape = compileShapeFields([
    { name: '__proto__', from: '__proto__', shape: asItIs },
    { name: 'toString', from: 'toString', shape: asItIs, isValid: (value) => typeof value === 'string' },
    { name: 'id', from: 'id', shape: (value, { path, errors }) => (value === undefined ? void errors.push(path.join('.') as never) : value) },
  ]);
  const shaping = (): Shaping => ({ path: ['at'], errors: [], shared: undefined });

  it('has its fields in the order that was asked for, whatever their names', () => {
    const shaped = shape(answered('{ "id": 1, "toString": "text", "__proto__": { "a": 1 } }'), shaping())!;
    expect(Object.entries(shaped)).toEqual([['__proto__', { a: 1 }], ['toString', 'text'], ['id', 1]]);
    expect(shape({ id: 1 }, shaping())).toEqual(answered('{ "__proto__": null, "toString": null, "id": 1 }'));
  });

  it('is nothing where a field that cannot be null is, which is noted with its place', () => {
    const noted = shaping();
    expect(shape({}, noted)).toBeNull();
    expect(noted).toMatchObject({ path: ['at'], errors: ['at.id'] });
  });
});
