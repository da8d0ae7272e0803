import { ACTOR_HEADER } from '@buffrsign/kernel/gateway';
import { buildSchema, parse } from 'graphql';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOperation } from '../../src/operation-context.ts';
import { compileReadVariables } from '../../src/variables.ts';
import { startPlatform, type Platform } from '../support/platform.ts';
import { compose } from '../support/toys.ts';
import { SECRET } from '../support/subgraph.ts';

const PASSWORD = 'correct-horse-battery';

describe('secrets', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform('in process');
  });
  afterAll(() => platform.stop());

  it.each<[what: string, query: string, variables: Record<string, unknown>]>([
    ['a value of the wrong kind', 'query ($id: ID!) { thing(id: $id) { id } }', { id: { password: PASSWORD } }],
    ['a list in place of a value', 'query ($id: ID!) { thing(id: $id) { id } }', { id: [PASSWORD] }],
    ['a number that is a text', 'subscription ($step: Int!) { counted(step: $step) { value } }', { step: PASSWORD }],
    ['a boolean that is a text', 'query ($more: Boolean!) { users { id @include(if: $more) } }', { more: PASSWORD }],
  ])('in variables are not in the errors about them, nor in the log: %s', async (_what, query, variables) => {
    const { status, body } = await platform.ask(query, { variables });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(body.errors?.[0]?.message).toMatch(/^Variable "\$\w+" is not valid at "\w+": this is no value of its type\.$/);
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
    expect(platform.log.join('')).not.toContain(PASSWORD);
  });

  it('in a list of wrong values: as many sentences as are of use, each with its place, and no value', () => {
    const schema = buildSchema('type Query { a(given: [Given!]!): Int } input Given { count: Int! kind: Kind } enum Kind { GOOD }');
    const { operation } = readOperation(parse('query ($given: [Given!]!) { a(given: $given) }'), undefined);
    const read = compileReadVariables(schema, operation.variableDefinitions ?? [])({ given: [{ kind: PASSWORD }, ...Array.from({ length: 500 }, () => ({ count: PASSWORD, [PASSWORD.replaceAll('-', '')]: 1 }))] });
    const messages = 'errors' in read ? read.errors.map(({ message }) => message) : [];
    expect(messages.slice(0, 3)).toEqual([
      'Variable "$given" is not valid at "given.0": Field "count" of required type "Int!" was not provided.',
      'Variable "$given" is not valid at "given.0.kind": this is no value of its type.',
      'Variable "$given" is not valid at "given.1.count": this is no value of its type.',
    ]);
    expect(messages.length).toBeLessThanOrEqual(51);
    expect(messages.join()).not.toContain(PASSWORD);
  });

  it('in a token that is refused are neither told nor logged', async () => {
    const { body } = await platform.ask('{ users { id } }', { headers: { authorization: `Bearer ${PASSWORD}.${PASSWORD}.${PASSWORD}` } });
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
    expect(platform.log.join('')).not.toContain(PASSWORD);
  });

  it('in errors that a subgraph did not mask are masked, and their place is not told', async () => {
    const { body } = await platform.ask('{ leaking }');
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'INTERNAL', errorId: expect.stringMatching(/^err_/) });
    expect(JSON.stringify(body)).not.toMatch(/postgres|password|at .*\.ts|stack/i);
  });

  it('of the way to a subgraph are not told when it fails, and the actor token is in no log', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const failing = createServer((request, response) => {
      seen.push(request.headers);
      response.statusCode = 502;
      response.end(`<html>upstream ${String(request.headers[ACTOR_HEADER])}</html>`);
    });
    await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve));
    const { port } = failing.address() as AddressInfo;
    const broken = await startPlatform('over HTTP', { supergraphSdl: compose({ users: `http://127.0.0.1:${port}`, things: `http://127.0.0.1:${port}` }) });
    const { body } = await broken.ask('{ users { id } }', { token: broken.issuer.issue() });
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE', subgraph: 'users' });
    const actorToken = String(seen[0]?.[ACTOR_HEADER]);
    expect(actorToken.split('.')).toHaveLength(3);
    for (const text of [JSON.stringify(body), broken.log.join('')]) {
      expect(text).not.toContain(actorToken);
      expect(text).not.toContain(SECRET);
    }
    expect(JSON.stringify(body)).not.toContain(String(port));
    await broken.stop();
    await new Promise((resolve) => (failing.close(resolve), failing.closeAllConnections()));
  });
});
