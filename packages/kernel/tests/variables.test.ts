import { buildSchema, getArgumentValues, getVariableValues, GraphQLError, isObjectType, parse, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { functionOf, recordText } from '../src/gateway/record.ts';
import { compileVariables } from '../src/gateway/variables.ts';
import { compileArguments } from '../src/subgraph/lean/arguments.ts';

const schema: GraphQLSchema = buildSchema(`
  scalar Even
  enum Colour { RED GREEN }
  input Place { x: Int! y: Int = 7 name: String }
  input Tree { value: Even children: [Tree!] place: Place! = { x: 1 } colours: [Colour] }
  input Either @oneOf { x: Int name: String }
  type Query { ask(id: ID!, tree: Tree, many: [[Int!]]!, colour: Colour = RED, either: Either, free: String = "free"): String none: Int }
`);
Object.assign(schema.getType('Even')!, {
  parseValue: (value: unknown) => {
    if (typeof value !== 'number' || value % 2 !== 0) throw new GraphQLError(`${String(value)} is not even`);
    return value / 2;
  },
});

const operationOf = (text: string): OperationDefinitionNode => parse(text).definitions[0] as OperationDefinitionNode;
const asPlain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const DEFINITIONS = 'query ($id: ID!, $tree: Tree = { value: 4, place: { x: 2 } }, $many: [[Int!]]! = [[1]], $colour: Colour, $either: Either, $nothing: Int) { none }';

describe('variables that are looked at once', () => {
  const definitions = operationOf(DEFINITIONS).variableDefinitions!;
  const read = compileVariables(schema, definitions);

  test.each<[string, Record<string, unknown>]>([
    ['the least there can be', { id: '1' }],
    ['all of them', { id: 7, tree: { value: 2, children: [{ value: 8 }, { children: [] }], place: { x: 3, name: null }, colours: ['RED', null] }, many: [[1, 2], null], colour: 'GREEN', either: { x: 1 }, nothing: null }],
    ['one where a list is wanted', { id: '1', many: 5 }],
    ['more than is asked for', { id: '1', other: { much: true } }],
    ['the name of what all objects inherit', { id: '1', tree: { place: { x: 1 }, colours: [] }, toString: 1 }],
    ['none', {}],
    ['null where there must be something', { id: null }],
    ['null inside of a list', { id: '1', many: [[1, null]] }],
    ['a wrong type', { id: {}, many: [['1']], colour: 'BLUE', tree: 'no' }],
    ['what a scalar refuses', { id: '1', tree: { value: 3, place: { x: 1 } } }],
    ['a field too few', { id: '1', tree: { place: { y: 1 } } }],
    ['a field too many', { id: '1', tree: { place: { x: 1, z: 1 } } }],
    ['two of one', { id: '1', either: { x: 1, name: 'a' } }],
    ['a list for an object', { id: '1', tree: [] }],
  ])('are those that graphql reads: %s', (_what, given) => {
    const [mine, stock] = [read(given), getVariableValues(schema, definitions, given, { maxErrors: 50 })];
    expect(asPlain({ ...mine, errors: mine.errors?.map(({ message }) => message) })).toEqual(asPlain({ ...stock, errors: stock.errors?.map(({ message }) => message) }));
    if (mine.coerced) expect(Object.keys(mine.coerced)).toEqual(Object.keys(stock.coerced!));
  });

  test('of no input type, or with the name of the prototype, are left to graphql', () => {
    for (const text of ['query ($a: Query) { none }', 'query ($a: Missing) { none }', 'query ($__proto__: Int!) { none }', 'query ($__proto__: Int! = 1) { none }']) {
      const { variableDefinitions } = operationOf(text);
      expect(asPlain(compileVariables(schema, variableDefinitions!)({ a: 1 }))).toEqual(asPlain(getVariableValues(schema, variableDefinitions!, { a: 1 }, { maxErrors: 50 })));
    }
  });

  test('are not shared between requests, neither are defaults', () => {
    const [one, other] = [read({ id: '1' }), read({ id: '1' })];
    expect(one.coerced!['tree']).not.toBe(other.coerced!['tree']);
  });
});

describe('arguments that are looked at once', () => {
  const query = schema.getQueryType();
  const field = isObjectType(query) ? query.getFields()['ask']! : undefined;

  const attempt = (read: () => unknown): unknown => {
    try {
      return read();
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each<[string, Record<string, unknown>]>([
    ['ask(id: $id, many: $many)', { id: '1', many: [[1]] }],
    ['ask(id: $id, many: $many, colour: $colour, free: $free)', { id: '1', many: [[1]], colour: null }],
    ['ask(id: "1", many: [[$one]], tree: { place: { x: $one } }, colour: GREEN)', { one: 1 }],
    ['ask(id: "1", many: [[1]], tree: { place: { x: $one } })', {}],
    ['ask(id: $id, many: [])', {}],
    ['ask(id: $id, many: [])', { id: null }],
    ['ask(many: [])', {}],
    ['ask(id: null, many: [])', {}],
    ['ask(id: 1, many: [], tree: { value: "x" })', {}],
    ['ask(id: 1, many: [], tree: null, free: null)', {}],
  ])('are those that graphql reads: %s with %j', (text, variables) => {
    const node = operationOf(`{ ${text} }`).selectionSet.selections[0];
    if (!field || node?.kind !== 'Field') throw new Error('There is no such field.');
    const coerced = Object.assign(Object.create(null), variables) as Record<string, unknown>;
    expect(attempt(() => compileArguments(field, node)(coerced))).toEqual(attempt(() => getArgumentValues(field, node, coerced)));
  });
});

describe('a record', () => {
  const recordOf = (names: readonly string[]) => functionOf<(values: readonly unknown[]) => object>(`return (values) => (${recordText(names.map((name, index) => [name, `values[${index}]`]))});`, {});

  test('has the fields in their order, whatever they are called', () => {
    const made = recordOf(['b', 'a', '__proto__', 'constructor', '0', 'a"b\\'])([1, 2, 3, 4, 5, 6]);
    expect(Object.entries(made)).toEqual([['0', 5], ['b', 1], ['a', 2], ['__proto__', 3], ['constructor', 4], ['a"b\\', 6]]);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(recordOf([])([])).toEqual({});
  });
});
