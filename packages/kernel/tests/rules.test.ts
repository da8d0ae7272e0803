import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { anonymous } from '../src/auth/actor.ts';
import { mintActorToken, verifyActorToken } from '../src/auth/actor-token.ts';
import { unknownClient } from '../src/auth/client.ts';
import { connection } from '../src/data/connection.ts';
import { isId, newId } from '../src/data/ids.ts';
import { open, seal } from '../src/data/seal.ts';
import { readInput } from '../src/errors/invalid-input.ts';
import { maskError } from '../src/errors/mask.ts';
import { Problem } from '../src/errors/problem.ts';
import { EnvironmentError, readKernelEnv } from '../src/runtime/env.ts';
import { run, type Part } from '../src/runtime/lifecycle.ts';
import { createLogger } from '../src/runtime/logger.ts';
import { mapStream } from '../src/runtime/stream.ts';
import { buildSchema } from '../src/subgraph/build-schema.ts';
import { aUser } from '../src/testing/actors.ts';
import { GraphQLError } from 'graphql';

const secret = 'a-secret-of-at-least-thirty-two-characters';
const log = createLogger('test', 'silent');

describe('ids', () => {
  test('say what they are, sort by the time of making and never repeat', () => {
    const ids = Array.from({ length: 1_000 }, () => newId('env'));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => isId('env', id))).toBe(true);
  });

  test.each([['', false], ['env_', false], ['doc_01j9zq7n6w8x2c4v6b8n0m2k4h', false], ['env_01J9ZQ7N6W8X2C4V6B8N0M2K4H', false], ["env_01j9zq7n6w8x2c4v6b8n0m2k4'", false]])('%s is not taken for an envelope’s', (text, expected) => {
    expect(isId('env', text)).toBe(expected);
  });
});

describe('an actor token', () => {
  const user = aUser(['things:read']);
  const client = { ip: '196.44.140.7', userAgent: 'Browser/1.0' };
  test('says who acts and from where, to whoever knows the secret', () => {
    expect(verifyActorToken(mintActorToken(user, secret, client), secret)).toEqual({ actor: user, client });
  });
  test('of a gateway that says nothing of the client is believed, and the client is not known', () => {
    expect(verifyActorToken(jwt.sign({ actor: user }, secret, { issuer: 'buffrsign-gateway', audience: 'buffrsign-subgraphs' }), secret)).toEqual({ actor: user, client: unknownClient });
  });
  test.each([
    ['signed with another secret', mintActorToken(user, `${secret}x`)],
    ['not signed at all', jwt.sign({ actor: user }, '', { algorithm: 'none', issuer: 'buffrsign-gateway', audience: 'buffrsign-subgraphs' })],
    ['for somebody else to believe', jwt.sign({ actor: user }, secret, { issuer: 'buffrsign-gateway', audience: 'others' })],
    ['over', jwt.sign({ actor: user }, secret, { issuer: 'buffrsign-gateway', audience: 'buffrsign-subgraphs', expiresIn: -1 })],
    ['of no known kind', jwt.sign({ actor: { kind: 'god' } }, secret, { issuer: 'buffrsign-gateway', audience: 'buffrsign-subgraphs' })],
    ['signed with a key of the attacker', jwt.sign({ actor: user }, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, { algorithm: 'ES256', issuer: 'buffrsign-gateway', audience: 'buffrsign-subgraphs' })],
    ['of a client that goes on and on', mintActorToken(user, secret, { ip: null, userAgent: 'x'.repeat(513) })],
    ['no token', 'nonsense'],
  ])('is not believed when it is %s', (_why, token) => {
    expect(verifyActorToken(token, secret)).toBeUndefined();
  });
  test('that is missing means nobody', () => {
    expect(verifyActorToken(undefined, secret)).toEqual({ actor: anonymous, client: unknownClient });
  });
});

describe('a sealed value', () => {
  test('opens with its key and with no other, and not when it was changed', () => {
    const sealed = seal('https://sign.example/secret', secret);
    expect(open(sealed, secret)).toBe('https://sign.example/secret');
    expect(sealed).not.toContain('secret');
    expect(() => open(sealed, `${secret}x`)).toThrow('DATA_KEY');
    const bytes = Buffer.from(sealed, 'base64url');
    bytes[bytes.length - 1]! ^= 1;
    expect(() => open(bytes.toString('base64url'), secret)).toThrow('changed');
  });
});

describe('a page of a list', () => {
  const rows = Array.from({ length: 5 }, (_, index) => ({ id: `thing_0${5 - index}` }));
  const find = async (page: { where: { id?: { lt: string } }; take: number }) => rows.filter((row) => !page.where.id || row.id < page.where.id.lt).slice(0, page.take);

  test('leads to the next, and the last says that it is the last', async () => {
    const first = await connection({ first: 3 }, find);
    expect(first.edges.map(({ node }) => node.id)).toEqual(['thing_05', 'thing_04', 'thing_03']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const last = await connection({ first: 3, after: first.pageInfo.endCursor }, find);
    expect(last.edges.map(({ node }) => node.id)).toEqual(['thing_02', 'thing_01']);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test.each([[{ first: 0 }], [{ first: 101 }], [{ first: -1 }], [{ first: 1, after: 'bm90IGEgY3Vyc29y' }], [{ first: 1, after: '%%%' }]])('is refused for %j', async (args) => {
    await expect(connection(args, find)).rejects.toThrow(Problem);
  });
});

describe('an input', () => {
  test('is refused with every issue and where it is', () => {
    const read = readInput(z.object({ name: z.string().min(1, 'Give a name.'), list: z.array(z.object({ email: z.email('No address.') })) }), { name: '', list: [{ email: 'x' }] });
    expect(read).toEqual({ refusal: { __typename: 'InvalidInputError', message: '2 things are wrong with this input.', issues: [{ path: 'name', message: 'Give a name.' }, { path: 'list.0.email', message: 'No address.' }] } });
  });
});

describe('an error', () => {
  const formatted = (error: GraphQLError) => error.toJSON();
  test('that nobody foresaw leaves as an id, without its words', () => {
    const error = new GraphQLError('connect ECONNREFUSED 10.0.0.7', { originalError: new Error('connect ECONNREFUSED 10.0.0.7'), path: ['thing'] });
    const masked = maskError(formatted(error), error, log);
    expect(JSON.stringify(masked)).not.toContain('10.0.0.7');
    expect(masked).toMatchObject({ path: ['thing'], extensions: { code: 'INTERNAL', errorId: expect.stringMatching(/^err_/) } });
  });
  test.each([
    ['cannot be reached', Object.assign(new Error('at 10.0.0.7'), { code: 'P1001' })],
    ['is shutting down', Object.assign(new Error('at 10.0.0.7'), { code: 'P2039', meta: { driverAdapterError: { cause: { originalCode: '57P03' } } } })],
    ['broke the connection', new Error('Client has encountered a connection error and is not queryable')],
  ])('of a database that %s says to try again, and an id', (_what, originalError) => {
    const error = new GraphQLError(originalError.message, { originalError });
    const masked = maskError(formatted(error), error, log);
    expect(masked).toEqual({ message: 'A part of the platform does not answer right now. Try again shortly.', extensions: { code: 'UNAVAILABLE', errorId: expect.stringMatching(/^err_/) } });
  });
  test('of a database about the request is not that it is away', () => {
    const originalError = Object.assign(new Error('no'), { code: 'P2039', meta: { driverAdapterError: { cause: { originalCode: '22012' } } } });
    const error = new GraphQLError('no', { originalError });
    expect(maskError(formatted(error), error, log).extensions).toMatchObject({ code: 'INTERNAL' });
  });
  test('that is a problem leaves with what is public of it only', () => {
    const problem = new Problem('FORBIDDEN', { pub: { need: 'things:write' }, pvt: { actor: 'usr_1' } });
    const error = new GraphQLError(problem.message, { originalError: problem });
    const masked = maskError(formatted(error), error, log);
    expect(masked.extensions).toEqual({ need: 'things:write', code: 'FORBIDDEN' });
  });
});

describe('a schema', () => {
  const header = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@policy"]) directive @public on FIELD_DEFINITION ';
  const build = (sdl: string, resolvers: object = {}) => buildSchema('things', parse(header + sdl), resolvers);
  test('with a root field that says nothing about who may use it does not start', () => {
    expect(() => build('type Query { open: Int @public known: Int @authenticated silent: Int }')).toThrow('Query.silent must carry');
  });
  test('with a policy, which nothing in a subgraph evaluates, does not start', () => {
    const sdl = 'type Query { a: Mood @public b: Int @authenticated @policy(policies: [["p"]]) } enum Mood @policy(policies: [["q"]]) { GOOD }';
    expect(() => build(sdl)).toThrow('Query.b, Mood must not carry @policy');
  });
  test('with an entity that answers no reference does not start', () => {
    expect(() => build('type Query { a: Int @public } type Thing @key(fields: "id") { id: ID! name: String }')).toThrow('Thing has a resolvable @key');
  });
  test('with a stub of a foreign entity starts', () => {
    expect(() => build('type Query { a: Int @public } type Thing @key(fields: "id", resolvable: false) { id: ID! }')).not.toThrow();
  });
});

describe('the environment', () => {
  test('is refused with every setting that is missing, at once', () => {
    const start = () => readKernelEnv('documents', 8002, { ACTOR_TOKEN_SECRET: 'short', PORT: 'many' });
    expect(start).toThrow(EnvironmentError);
    expect(start).toThrow(/ACTOR_TOKEN_SECRET: must have[^]*DATA_KEY: is not set[^]*PORT/);
  });
  test('gives a subgraph its own database, or one of the common server', () => {
    const common = { ACTOR_TOKEN_SECRET: secret, DATA_KEY: secret, POSTGRES_URL: 'postgresql://me@db:5432/postgres' };
    expect(readKernelEnv('documents', 8002, common).databaseUrl).toBe('postgresql://me@db:5432/buffrsign_documents');
    expect(readKernelEnv('documents', 8002, { ...common, DOCUMENTS_DATABASE_URL: 'postgresql://me@other:5432/d' }).databaseUrl).toBe('postgresql://me@other:5432/d');
    expect(() => readKernelEnv('documents', 8002, { ...common, POSTGRES_URL: '' })).toThrow('DOCUMENTS_DATABASE_URL: is not set');
  });
});

describe('a process', () => {
  const parts = (events: string[], failing?: string): Part[] =>
    ['database', 'worker', 'http'].map((name) => ({
      name,
      start: async () => {
        if (name === failing) throw new Error(`${name} failed`);
        events.push(`+${name}`);
      },
      stop: async () => void events.push(`-${name}`),
    }));
  test('starts in order and stops in the reverse, once', async () => {
    const events: string[] = [];
    const running = await run(parts(events), log);
    expect(running.phase()).toBe('ready');
    await Promise.all([running.stop(), running.stop()]);
    expect(events).toEqual(['+database', '+worker', '+http', '-http', '-worker', '-database']);
    expect(running.phase()).toBe('stopped');
  });
  test('that cannot start a part stops those before it', async () => {
    const events: string[] = [];
    await expect(run(parts(events, 'http'), log)).rejects.toThrow('http failed');
    expect(events).toEqual(['+database', '+worker', '-worker', '-database']);
  });
  test('that is asked to stop does not wait for ever for a part that will not', async () => {
    const events: string[] = [];
    const [database, worker] = parts(events) as [Part, Part];
    const running = await run([database, { ...worker, stop: () => new Promise(() => undefined) }], log, 20);
    await running.stop();
    expect(events).toEqual(['+database', '+worker', '-database']);
  });
});

describe('a mapped stream', () => {
  test('ends its source when nobody waited for it any more before it began', async () => {
    let ended = false;
    const source: AsyncIterableIterator<number> = {
      [Symbol.asyncIterator]: () => source,
      next: () => new Promise(() => undefined),
      return: async () => {
        ended = true;
        return { value: undefined, done: true };
      },
    };
    mapStream(source, async (value) => value, { signal: AbortSignal.abort() });
    expect(ended).toBe(true);
  });
});
