import { aUser } from '@buffrsign/kernel/testing';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { schemaVersionPublished } from '../src/events.ts';
import { registryUnderTest, scopes, stranger } from './registry.ts';

const { cost, graph, run, refusal } = registryUnderTest();

interface Version { id: string; number: number; sha256: string; breakingChanges: number; changes: { criticality: string; path: string | null }[] }
interface Published { __typename: string; schemaVersion: Version; issues: { path: string; message: string }[] }
interface Operation { __typename: string; trustedOperation: { id: string; name: string; sha256: string; state: string }; issues: { path: string }[] }
interface Usage { edges: { node: { requests: number; errors: number; hour: string; trustedOperation: { name: string } | null } }[] }

const PUBLISH = `mutation ($sdl: String!) { publishSchemaVersion(input: { sdl: $sdl, changelog: "Next" }) { __typename ... on PublishSchemaVersionSuccess { schemaVersion { id number sha256 breakingChanges changes { criticality path } } } ... on SchemaUnchangedError { schemaVersion { id number } } ... on InvalidInputError { issues { path message } } } }`;
const CHECK = `mutation ($sdl: String!) { checkSchema(input: { sdl: $sdl }) { __typename ... on CheckSchemaSuccess { against { number } changes { criticality path } } } }`;
const REGISTER = `mutation ($body: String!) { registerTrustedOperation(input: { body: $body }) { __typename ... on RegisterTrustedOperationSuccess { trustedOperation { id name sha256 state } } ... on InvalidInputError { issues { path } } } }`;
const RETIRE = `mutation ($id: ID!) { retireTrustedOperation(input: { id: $id }) { ... on RetireTrustedOperationSuccess { trustedOperation { id name sha256 state } } } }`;
const RECORD = `mutation ($input: RecordOperationUsageInput!) { recordOperationUsage(input: $input) { __typename ... on RecordOperationUsageSuccess { rows } ... on InvalidInputError { issues { path } } } }`;
const USAGE = `query ($sha256: String!) { operationUsages(sha256: $sha256) { edges { node { requests errors hour trustedOperation { name } } } } }`;

const member = () => aUser(scopes);
const publish = (sdl: string, actor = member()) => run<Published>(PUBLISH, { sdl }, actor);

describe('a schema version', () => {
  test('says what differs from the version before, the gravest first', async () => {
    const actor = member();
    const first = await publish('type Query { a: Int b: Int e: E } enum E { X }', actor);
    expect(first.schemaVersion).toMatchObject({ number: 1, breakingChanges: 0, changes: [] });
    const second = await publish('type Query { a: Int e: E c: Int } enum E { X Y }', actor);
    expect(second.schemaVersion).toMatchObject({
      number: 2,
      breakingChanges: 1,
      changes: [{ criticality: 'BREAKING', path: 'Query.b' }, { criticality: 'DANGEROUS', path: 'E.Y' }, { criticality: 'SAFE', path: 'Query.c' }],
    });
  });

  test('is not published twice, and versions are numbered without gaps when several come at once', async () => {
    const actor = member();
    const sdls = ['a', 'b', 'c', 'd'].map((field) => `type Query { ${field}: Int }`);
    const outcomes = await Promise.all(sdls.map((sdl) => publish(sdl, actor)));
    expect(outcomes.map((outcome) => outcome.schemaVersion.number).sort()).toEqual([1, 2, 3, 4]);
    const newest = sdls[outcomes.findIndex((outcome) => outcome.schemaVersion.number === 4)]!;
    expect(await publish(newest, actor)).toMatchObject({ __typename: 'SchemaUnchangedError', schemaVersion: { number: 4 } });
    const said = await graph().said(schemaVersionPublished);
    expect(said.filter((fact) => fact.organizationid === actor.organizationId)).toHaveLength(4);
  });

  test.each([
    ['is no SDL', 'type Query {'],
    ['has no query type that can be read', 'type Query { a: Missing }'],
    ['holds directives that clients do not see', 'type Query { a: Int @authenticated }'],
  ])('is refused when it %s', async (_what, sdl) => {
    expect(await publish(sdl)).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'sdl' }] });
  });

  test('can be compared without publishing', async () => {
    const actor = member();
    await publish('type Query { a: Int b: Int }', actor);
    expect(await run(CHECK, { sdl: 'type Query { a: Int }' }, actor)).toMatchObject({ against: { number: 1 }, changes: [{ criticality: 'BREAKING', path: 'Query.b' }] });
    expect(await run(CHECK, { sdl: 'type Query { a: Int }' }, member())).toMatchObject({ against: null, changes: [] });
  });
});

describe('a trusted operation', () => {
  test('is known by the hash of its very text, and is one however often it is registered', async () => {
    const actor = member();
    const body = 'query Contacts { contacts { id } }\n';
    const [one, other] = await Promise.all([1, 2].map(() => run<Operation>(REGISTER, { body }, actor)));
    expect(one!.trustedOperation).toMatchObject({ name: 'Contacts', state: 'ACTIVE', sha256: createHash('sha256').update(body).digest('hex') });
    expect(other!.trustedOperation.id).toBe(one!.trustedOperation.id);
  });

  test('is retired, and comes back when it is registered again', async () => {
    const actor = member();
    const { trustedOperation } = await run<Operation>(REGISTER, { body: 'query Back { a }' }, actor);
    const retired = await run<Operation>(RETIRE, { id: trustedOperation.id }, actor);
    expect(retired.trustedOperation.state).toBe('RETIRED');
    const active = `{ trustedOperations(state: ACTIVE) { edges { node { name } } } }`;
    expect(await run(active, {}, actor)).toEqual({ edges: [] });
    await run(REGISTER, { body: 'query Back { a }' }, actor);
    expect(await run(active, {}, actor)).toEqual({ edges: [{ node: { name: 'Back' } }] });
  });

  test.each([
    ['cannot be parsed', 'query {'],
    ['has no name', '{ a }'],
    ['is more than one', 'query A { a } query B { b }'],
    ['is a schema', 'type Query { a: Int }'],
    ['comes with a schema', 'query A { a } type B { b: Int }'],
  ])('is refused when it %s', async (_what, body) => {
    expect(await run(REGISTER, { body })).toMatchObject({ __typename: 'InvalidInputError' });
  });
});

describe('usage', () => {
  const sha256 = createHash('sha256').update('query Used { a }').digest('hex');
  const count = (at: string, requests: number, errors = 0) => ({ sha256, at, requests, errors });

  test('adds up by the hour, and a batch that comes again counts once', async () => {
    const actor = member();
    await run(REGISTER, { body: 'query Used { a }' }, actor);
    const input = { idempotencyKey: 'batch-1', counts: [count('2026-03-01T08:10:00.000Z', 3), count('2026-03-01T08:59:59.999Z', 4, 1), count('2026-03-01T09:00:00.000Z', 5)] };
    expect(await run(RECORD, { input }, actor)).toEqual({ __typename: 'RecordOperationUsageSuccess', rows: 2 });
    await run(RECORD, { input }, actor);
    await run(RECORD, { input: { ...input, idempotencyKey: 'batch-2', counts: [count('2026-03-01T09:30:00.000Z', 1)] } }, actor);
    const { edges } = await run<Usage>(USAGE, { sha256 }, actor);
    expect(edges.map(({ node }) => node).sort((one, other) => one.hour.localeCompare(other.hour))).toMatchObject([
      { requests: 7, errors: 1, hour: '2026-03-01T08:00:00.000Z', trustedOperation: { name: 'Used' } },
      { requests: 6, errors: 0, hour: '2026-03-01T09:00:00.000Z' },
    ]);
    expect(await run(USAGE, { sha256 }, stranger)).toEqual({ edges: [] });
  });

  test('loses no count when reports of the same hour come at once', async () => {
    const actor = member();
    await Promise.all(Array.from({ length: 8 }, (_, index) => run(RECORD, { input: { idempotencyKey: `at-once-${index}`, counts: [count('2026-03-01T08:00:00.000Z', 1)] } }, actor)));
    expect((await run<Usage>(USAGE, { sha256 }, actor)).edges).toMatchObject([{ node: { requests: 8 } }]);
  });

  test.each([
    ['more errors than requests', { counts: [count('2026-03-01T08:00:00.000Z', 1, 2)] }, 'counts.0.errors'],
    ['a time to come', { counts: [count('2999-03-01T08:00:00.000Z', 1)] }, 'counts.0.at'],
    ['no hash', { counts: [{ ...count('2026-03-01T08:00:00.000Z', 1), sha256: 'abc' }] }, 'counts.0.sha256'],
    ['nothing', { counts: [] }, 'counts'],
  ])('is refused with %s', async (_what, input, path) => {
    expect(await run(RECORD, { input: { idempotencyKey: 'bad', ...input } })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });
});

describe('schema versions, operations and usage', () => {
  test('are not there for a member of another organization', async () => {
    const actor = member();
    const { schemaVersion } = await publish('type Query { a: Int }', actor);
    const { trustedOperation } = await run<Operation>(REGISTER, { body: 'query Own { a }' }, actor);
    await run(RECORD, { input: { idempotencyKey: 'own', counts: [{ sha256: trustedOperation.sha256, at: '2026-03-01T08:00:00.000Z', requests: 1 }] } }, actor);
    const [usage] = await graph().tools.db.operationUsage.findMany({ where: { organizationId: actor.organizationId } });
    const r = [{ __typename: 'SchemaVersion', id: schemaVersion.id }, { __typename: 'TrustedOperation', id: trustedOperation.id }, { __typename: 'OperationUsage', id: usage!.id }];
    const ask = `query ($v: ID!, $o: ID!, $r: [_Any!]!) { schemaVersion(id: $v) { id } trustedOperation(id: $o) { id } schemaVersions { edges { cursor } } trustedOperations { edges { cursor } } operationUsages { edges { cursor } } _entities(representations: $r) { __typename } }`;
    const none = { edges: [] };
    const seen = await graph().as(stranger)(ask, { v: schemaVersion.id, o: trustedOperation.id, r });
    expect(seen.data).toEqual({ schemaVersion: null, trustedOperation: null, schemaVersions: none, trustedOperations: none, operationUsages: none, _entities: [null, null, null] });
    expect(await refusal(RETIRE, { id: trustedOperation.id }, stranger)).toBe('NOT_FOUND');
    expect(await run(CHECK, { sdl: 'type Query { a: Int }' }, stranger)).toMatchObject({ against: null });
  });

  test.each([
    ['publishing', PUBLISH, { sdl: 'type Query { a: Int }' }],
    ['comparing', CHECK, { sdl: 'type Query { a: Int }' }],
    ['registering', REGISTER, { body: 'query A { a }' }],
    ['retiring', RETIRE, { id: 'top_1' }],
    ['counting', RECORD, { input: { idempotencyKey: 'a', counts: [] } }],
  ])('refuse %s to a token that may only read', async (_what, query, variables) => {
    expect(await refusal(query, variables, aUser(['schema:read']))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('cost one query a kind, however many are asked for as references', async () => {
    const actor = member();
    const versions = await Promise.all(['a', 'b', 'c'].map(async (field) => (await publish(`type Query { ${field}: Int }`, actor)).schemaVersion));
    const operations = await Promise.all(['A', 'B', 'C'].map(async (name) => (await run<Operation>(REGISTER, { body: `query ${name} { a }` }, actor)).trustedOperation));
    await run(RECORD, { input: { idempotencyKey: 'cost', counts: operations.map((operation) => ({ sha256: operation.sha256, at: '2026-03-01T08:00:00.000Z', requests: 1 })) } }, actor);
    const usages = await graph().tools.db.operationUsage.findMany({ where: { organizationId: actor.organizationId } });
    const entities = (typename: string, rows: { id: string }[], fields: string) =>
      cost(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${typename} { ${fields} } } }`, { r: rows.map(({ id }) => ({ __typename: typename, id })) }, actor);
    expect(await entities('SchemaVersion', versions, 'sdl publishedBy { id }')).toBe(1);
    expect(await entities('TrustedOperation', operations, 'body')).toBe(1);
    expect(await entities('OperationUsage', usages, 'requests trustedOperation { name }')).toBe(2);
  });
});
