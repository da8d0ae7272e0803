import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { modes, startPlatform, type Platform } from './support/platform.ts';

describe.each(modes)('queries, subgraphs %s', (mode) => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform(mode);
  });
  beforeEach(() => platform.forget());
  afterAll(() => platform.stop());

  it('completes entities from the subgraph that owns their fields', async () => {
    const { status, body } = await platform.ask('{ things { title owner { name things { id } } } }');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        things: [
          { title: 'Pen', owner: { name: 'Ndapewa', things: [{ id: 't1' }] } },
          { title: 'Seal', owner: { name: 'Tangeni', things: [{ id: 't2' }] } },
        ],
      },
    });
  });

  it('sends variables to the subgraphs that use them', async () => {
    const { body } = await platform.ask('query One($id: ID!, $more: Boolean!) { thing(id: $id) { title owner @include(if: $more) { name } } }', { variables: { id: 't2', more: true } });
    expect(body.data).toEqual({ thing: { title: 'Seal', owner: { name: 'Tangeni' } } });
  });

  it('refuses variables of the wrong kind before anything is fetched', async () => {
    const { status, body } = await platform.ask('query One($id: ID!) { thing(id: $id) { title } }', { variables: {} });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(platform.sent()).toBe('');
  });

  it('answers introspection', async () => {
    const { body } = await platform.ask('{ __schema { queryType { name } } __type(name: "Thing") { name } things { id } }');
    expect(body.data).toMatchObject({ __schema: { queryType: { name: 'Query' } }, __type: { name: 'Thing' } });
  });

  it('keeps the place and the code of an error of a subgraph', async () => {
    const { body } = await platform.ask('{ failing users { id } }');
    expect(body.data).toEqual({ failing: null, users: [{ id: 'u1' }, { id: 'u2' }] });
    expect(body.errors).toEqual([{ message: 'No such thing here.', path: ['failing'], extensions: { code: 'NOT_FOUND' } }]);
  });

  it('masks an error that a subgraph did not mean to show', async () => {
    const { body } = await platform.ask('{ leaking }');
    expect(JSON.stringify(body)).not.toContain('postgres');
    expect(body.errors?.[0]).toMatchObject({ path: ['leaking'], extensions: { code: 'INTERNAL', errorId: expect.stringMatching(/^err_/) } });
    expect(platform.log.join()).toContain(String(body.errors?.[0]?.extensions?.['errorId']));
  });

  it('runs the operation that is named and says so when there is no such one', async () => {
    const documents = 'query A { users { id } } query B { things { id } }';
    const response = await fetch(platform.gateway.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: documents, operationName: 'B' }) });
    expect(await response.json()).toEqual({ data: { things: [{ id: 't1' }, { id: 't2' }] } });
    const { body } = await platform.ask(documents);
    expect(body.errors?.[0]).toMatchObject({ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
  });

  it('tells every subgraph who acts, and answers a person as themselves', async () => {
    const { body } = await platform.ask('{ me { name things { title } } }', { token: platform.issuer.issue({ subject: 'u2', scopes: ['a', 'b'] }) });
    expect(body.data).toEqual({ me: { name: 'Tangeni', things: [{ title: 'Seal' }] } });
    for (const { actor } of [...platform.users.seen, ...platform.things.seen]) {
      expect(actor).toEqual({ kind: 'user', id: 'u2', organizationId: 'org1', scopes: ['a', 'b'] });
    }
  });
});
