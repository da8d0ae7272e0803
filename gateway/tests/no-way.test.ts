import { createLogger } from '@buffrsign/kernel/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type RunningGateway } from '../src/index.ts';
import { connect } from './support/client.ts';
import { askToys, composeToys, type Toy } from './support/toy-graph.ts';
import { SECRET } from './support/subgraph.ts';

/** Each subgraph says of the other's type that it cannot give its id, so that nobody gives the id of any node. */
const one: Toy = [
  'interface Node { id: ID! } type A implements Node @key(fields: "id") { id: ID! a: Int } type B implements Node @key(fields: "id") { id: ID! @external b1: Int } type Query { node: Node @shareable one: Int }',
  { Query: { one: () => 1 } },
];
const two: Toy = ['interface Node { id: ID! } type A implements Node @key(fields: "id") { id: ID! @external a2: Int } type B implements Node @key(fields: "id") { id: ID! b: Int } type Query { node: Node @shareable }'];

const json = { 'content-type': 'application/json', accept: 'application/json' };

describe('an operation that the planner fails at', () => {
  let gateway: RunningGateway;
  const lines: string[] = [];
  beforeAll(async () => {
    const log = createLogger('gateway', 'error', { write: (line: string) => void lines.push(line) });
    gateway = await startGateway({ supergraphSdl: composeToys({ one, two }), issuers: [], actorTokenSecret: SECRET, port: 0, log });
  });
  afterAll(() => gateway.stop());

  it('is answered as a fault of ours, in the form that clients read, and the log says what it was', async () => {
    const response = await fetch(gateway.url, { method: 'POST', headers: json, body: JSON.stringify({ query: '{ node { id } }' }) });
    const body = await response.json();
    expect([response.status, body]).toEqual([500, { errors: [{ message: expect.stringContaining('Something went wrong on our side'), extensions: { code: 'INTERNAL', errorId: expect.any(String) } }] }]);
    expect(lines.join('\n')).toContain((body as { errors: { extensions: { errorId: string } }[] }).errors[0]!.extensions.errorId);
  });

  it('costs a socket none of its other operations', async () => {
    const client = connect(gateway.subscriptionUrl);
    const ask = (query: string) => new Promise((resolve) => void client.subscribe({ query }, { next: resolve, error: resolve, complete: () => undefined }));
    const stays = new Promise((resolve) => void client.on('closed', () => resolve('closed')));
    await ask('{ node { id } }');
    expect(await Promise.race([ask('{ __typename }'), stays])).toEqual({ data: { __typename: 'Query' } });
    await client.dispose();
  });
});

describe('what the planner leaves out, since it finds no way to it', () => {
  const known = { id: 'n1', mark: 'blue' };
  const nodes: Toy = ['interface Node @key(fields: "id") { id: ID! } type Query { node: Node holder: Holder } type Holder { node: Node n: Int }', { Query: { node: () => known, holder: () => ({ node: known, n: 1 }) }, Node: { __resolveType: () => 'Node' } }];
  const marks: Toy = ['type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! mark: String } type Query { marked: Node }', { Query: { marked: () => known } }];

  it('leaves nothing of an answer of which it is all', async () => {
    expect(await askToys({ nodes, marks }, '{ node { mark } }')).toMatchObject({ data: null, errors: [{ extensions: { code: 'INTERNAL' } }] });
    expect(await askToys({ nodes, marks }, '{ __typename node { mark } }')).toMatchObject({ data: null, errors: [{}] });
  });

  it('is no fault where nobody asks for it in the end', async () => {
    expect(await askToys({ nodes, marks }, '{ node @skip(if: true) { mark } }')).toEqual({ data: {} });
    const nothing = '{ holder { n @skip(if: true) ...Nothing ... { n @include(if: false) } } } fragment Nothing on Holder { n @include(if: false) }';
    expect(await askToys({ nodes, marks }, nothing)).toEqual({ data: { holder: {} } });
    expect(await askToys({ nodes, marks }, '{ marked { mark } }')).toEqual({ data: { marked: { mark: 'blue' } } });
  });

  it('is no object of which all is switched off by variables', async () => {
    expect(await askToys({ nodes, marks }, 'query ($off: Boolean = false) { holder { n @include(if: $off) } }')).toEqual({ data: { holder: {} } });
  });

  it('is null with an error where the rest can be answered', async () => {
    const { data, errors } = await askToys({ nodes, marks }, '{ holder { n node { mark } } }');
    expect([data, errors]).toMatchObject([{ holder: { n: 1, node: null } }, [{ path: ['holder', 'node'], message: 'There is no way to Holder.node from here.' }]]);
  });

  it('so is a field of a member of a union that one subgraph has and another does not', async () => {
    const things = [{ __typename: 'Both', both: 1 }, { __typename: 'Mine', mine: 2 }];
    const box = 'type Box @key(fields: "id") { id: ID! inside: Inside @shareable } type Inside @shareable { things: [Thing] @shareable } type Both @shareable { both: Int }';
    const mine: Toy = [`type Query { mine: Box } ${box} union Thing = Both | Mine type Mine { mine: Int }`, { Query: { mine: () => ({ id: 'b1', inside: { things } }) } }];
    const theirs: Toy = [`type Query { theirs: Box } ${box} union Thing = Both | Theirs type Theirs { theirs: Int }`];
    const { data, errors } = await askToys({ mine, theirs }, '{ mine { inside { things { ... on Both { both } ... on Mine { mine } } } } }');
    expect([data, errors]).toMatchObject([{ mine: { inside: { things: [{ both: 1 }, { mine: null }] } } }, [{ path: ['mine', 'inside', 'things', 1, 'mine'] }]]);
  });
});
