import { anonymous, Problem, unknownClient, type SubgraphRequest, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import { composeServices } from '@apollo/composition';
import { parse, type ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { formatResult } from '../src/errors.ts';
import { compilePlan } from '../src/execute/plan.ts';
import { createMatchingTypes } from '../src/execute/types.ts';
import { loadSupergraph } from '../src/supergraph.ts';
import { DeadlineError } from '../src/transport/unavailable.ts';
import { gatewayOf } from './support/gateway.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
const { supergraphSdl } = composeServices(
  Object.entries({
    people: 'type Person @key(fields: "id") { id: ID! name: String! nick: String } type Query { me: Person people: [Person] }',
    notes: 'type Note @key(fields: "id") { id: ID! text: String by: Person } type Person @key(fields: "id") { id: ID! notes: [Note] } type Query { notes: [Note] } type Mutation { write(text: String): Note }',
  }).map(([name, sdl]) => ({ name, url: `http://${name}`, typeDefs: parse(`${LINK}\n${sdl}`) })),
);
const supergraph = loadSupergraph(supergraphSdl!);

type Answer = (request: SubgraphRequest) => ExecutionResult | Promise<ExecutionResult>;

const gatewayOver = (answers: Readonly<Record<'people' | 'notes', Answer>>) => {
  const asked: { name: string; query: string; variables: Readonly<Record<string, unknown>> | undefined }[] = [];
  const transports = Object.fromEntries(
    Object.entries(answers).map(([name, answer]): [string, SubgraphTransport] => [
      name,
      { execute: async (request) => (asked.push({ name, query: request.query, variables: request.variables }), answer(request)), subscribe: () => Promise.reject(new Error('not asked')) },
    ]),
  );
  const gateway = gatewayOf(supergraph, transports);
  const ask = (query: string, variables: Record<string, unknown> = {}, signal = new AbortController().signal) =>
    gateway.answer({ document: parse(query), operationName: undefined, variables, context: { actor: anonymous, client: unknownClient, requestId: 'req_1', signal } }, { acts: true });
  return { ask, asked };
};

const nobody: Answer = () => ({ data: null, errors: [] });
const noteBy = (id: string, person: string) => ({ __typename: 'Note', id, by: { __typename: 'Person', id: person } });

describe('carrying out a plan', () => {
  it('asks equal entities once, and tells of their error at every place they stand', async () => {
    const { ask, asked } = gatewayOver({
      notes: () => ({ data: { notes: [noteBy('1', 'a'), null, noteBy('2', 'b'), noteBy('3', 'a')] } }),
      people: () => ({ data: { _entities: [null, { name: 'Bea' }] }, errors: [new Problem('FORBIDDEN', { message: 'Not yours.' })].map((error) => Object.assign(error, { path: ['_entities', 0, 'name'] })) }),
    });
    const { data, errors } = await ask('{ notes { id by { name } } }');
    expect(asked[1]!.variables).toEqual({ representations: [{ __typename: 'Person', id: 'a' }, { __typename: 'Person', id: 'b' }] });
    expect(data).toEqual({ notes: [{ id: '1', by: null }, null, { id: '2', by: { name: 'Bea' } }, { id: '3', by: null }] });
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([
      ['Not yours.', ['notes', 0, 'by', 'name']],
      ['Not yours.', ['notes', 3, 'by', 'name']],
    ]);
  });

  it('puts fields in the order of the specification, whoever answered first', async () => {
    const { ask } = gatewayOver({
      notes: () => ({ data: { _entities: [{ notes: [] }] } }),
      people: () => ({ data: { me: { nick: 'N', name: 'Nangula', id: 'a', __typename: 'Person' } } }),
    });
    expect(JSON.stringify((await ask('{ a: __typename me { notes { id } name ... { nick name } id } __typename }')).data)).toBe('{"a":"Query","me":{"notes":[],"name":"Nangula","nick":"N","id":"a"},"__typename":"Query"}');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('treats a field called %s like any other, and leaves the prototype alone', async (name) => {
    const answers = (value: string) => gatewayOver({ notes: nobody, people: () => JSON.parse(`{"data":{"me":{"__typename":"Person","id":"a"${value}}}}`) as ExecutionResult });
    expect(JSON.stringify((await answers(`,"${name}":"Nangula"`).ask(`{ me { ${name}: name } }`)).data)).toBe(`{"me":{"${name}":"Nangula"}}`);
    const missing = await answers('').ask(`{ me { id ${name}: nick } }`);
    expect(JSON.stringify(missing.data)).toBe(`{"me":{"id":"a","${name}":null}}`);
    const hostile = gatewayOver({ notes: () => JSON.parse('{"data":{"_entities":[{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"notes":[]}]}}') as ExecutionResult, people: () => ({ data: { me: { __typename: 'Person', id: 'a' } } }) });
    expect((await hostile.ask('{ me { notes { id } } }')).data).toEqual({ me: { notes: [] } });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('answers null, and tells of no error, where a reference leads to nothing', async () => {
    const { ask } = gatewayOver({ notes: () => ({ data: { notes: [noteBy('1', 'a'), noteBy('2', 'b')] } }), people: () => ({ data: { _entities: [null, { name: 'Bea' }] } }) });
    const answer = await ask('{ notes { id by { name } } }');
    expect(formatResult(answer, (formatted) => formatted)).toEqual({ data: { notes: [{ id: '1', by: null }, { id: '2', by: { name: 'Bea' } }] } });
  });

  it('says that something is missing where no subgraph said why', async () => {
    const { ask } = gatewayOver({ notes: nobody, people: () => ({ data: { me: { name: null } } }) });
    const { data, errors } = formatResult(await ask('{ me { name } }'), (formatted) => formatted);
    expect(data).toEqual({ me: null });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([[['me', 'name'], 'INTERNAL']]);
  });

  it.each([
    ['a value of another type', { me: { name: 7 } }],
    ['a list in the place of an object', { me: [{ name: 'x' }] }],
    ['a text in the place of an object', { me: 'x' }],
  ])('takes %s for a fault of the subgraph, not for an answer', async (_what, data) => {
    const answer = await gatewayOver({ notes: nobody, people: () => ({ data }) }).ask('{ me { name } }');
    expect([answer.data, answer.errors?.length]).toEqual([{ me: null }, 1]);
  });

  it('makes equal reads of one request once while they are under way, and never hands one answer to two places', async () => {
    const { ask, asked } = gatewayOver({
      notes: async ({ variables }) => ({ data: variables?.['representations'] ? { _entities: [{ notes: [{ id: '1', __typename: 'Note' }] }] } : { notes: [noteBy('9', 'a')] } }),
      people: async () => ({ data: { me: { __typename: 'Person', id: 'a' }, people: [{ __typename: 'Person', id: 'a' }] } }),
    });
    const { data } = await ask('{ me { notes { id } } people { notes { id } } }');
    expect(data).toEqual({ me: { notes: [{ id: '1' }] }, people: [{ notes: [{ id: '1' }] }] });
    expect(asked.map(({ name }) => name)).toEqual(['people', 'notes']);
    await ask('{ me { notes { id } } people { notes { id } } }');
    expect(asked).toHaveLength(4);
  });

  it('decides conditions by what the client sent, and refuses one that is neither true nor false', async () => {
    const { ask } = gatewayOver({ notes: nobody, people: () => ({ data: { me: { id: 'a', name: 'Nangula' } } }) });
    const query = 'query ($x: Boolean = true) { me { id name @include(if: $x) } }';
    expect((await ask(query)).data).toEqual({ me: { id: 'a', name: 'Nangula' } });
    expect((await ask(query, { x: false })).data).toEqual({ me: { id: 'a' } });
    expect((await ask(query, { x: null })).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('asks nobody any more once the client is gone, or the time is over', async () => {
    const gone = new AbortController();
    const { ask, asked } = gatewayOver({ notes: () => (gone.abort(new DeadlineError()), { data: { notes: [noteBy('1', 'a')] } }), people: nobody });
    const { errors } = await ask('{ notes { by { name } } }', {}, gone.signal);
    expect(asked.map(({ name }) => name)).toEqual(['notes']);
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('in time'), path: ['notes', '@', 'by'], extensions: { code: 'UNAVAILABLE' } });
  });

  it('refuses a deferred part by its name', () => {
    const types = createMatchingTypes(supergraph.schema);
    expect(() => compilePlan({ kind: 'QueryPlan', node: { kind: 'Defer', primary: {}, deferred: [] } }, types)).toThrow(/@defer is not served/);
  });
});
