import { aUser } from '@buffrsign/kernel/testing';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { apiKeyCreated, apiKeyRevoked } from '../src/events.ts';
import { registryUnderTest, scopes, stranger } from './registry.ts';

const { cost, graph, run, refusal } = registryUnderTest();

interface Client { __typename: string; apiClient: { id: string; name: string; ratePlan: { id: string } | null } }
interface Key { __typename: string; apiKey: { id: string; prefix: string; state: string; scopes: string[] }; secret: string; scopes: string[]; issues: { path: string }[] }
interface Plan { __typename: string; ratePlan: { id: string; requestsPerDay: number }; issues: { path: string }[] }

const CREATE_CLIENT = `mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { __typename ... on CreateApiClientSuccess { apiClient { id name ratePlan { id } } } ... on ApiClientExistsError { apiClient { id } } } }`;
const UPDATE_CLIENT = `mutation ($input: UpdateApiClientInput!) { updateApiClient(input: $input) { __typename ... on UpdateApiClientSuccess { apiClient { id name ratePlan { id } } } } }`;
const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename ... on CreateApiKeySuccess { secret apiKey { id prefix state scopes } } ... on ScopeNotHeldError { scopes } ... on InvalidInputError { issues { path } } } }`;
const REVOKE_KEY = `mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { ... on RevokeApiKeySuccess { apiKey { id prefix state scopes } } } }`;
const CREATE_PLAN = `mutation ($input: CreateRatePlanInput!) { createRatePlan(input: $input) { __typename ... on CreateRatePlanSuccess { ratePlan { id requestsPerDay } } ... on RatePlanExistsError { ratePlan { id } } ... on InvalidInputError { issues { path } } } }`;
const UPDATE_PLAN = `mutation ($input: UpdateRatePlanInput!) { updateRatePlan(input: $input) { __typename ... on UpdateRatePlanSuccess { ratePlan { id requestsPerDay } } ... on InvalidInputError { issues { path } } } }`;

let made = 0;
const createClient = async (input: object = {}) => (await run<Client>(CREATE_CLIENT, { input: { name: `Program ${(made += 1)}`, ...input } })).apiClient;
const createKey = (apiClientId: string, input: object = {}) => run<Key>(CREATE_KEY, { input: { apiClientId, name: 'Nightly', scopes: ['schema:read'], ...input } });
const createPlan = async (name = `Plan ${(made += 1)}`) => (await run<Plan>(CREATE_PLAN, { input: { name, requestsPerMinute: 60, requestsPerDay: 10_000 } })).ratePlan;

describe('a program', () => {
  test('has a name of its own, also when two add it at the same moment', async () => {
    const outcomes = await Promise.all([1, 2].map(() => run<Client>(CREATE_CLIENT, { input: { name: 'Payroll' } })));
    expect(outcomes.map((outcome) => outcome.__typename).sort()).toEqual(['ApiClientExistsError', 'CreateApiClientSuccess']);
    expect(outcomes[0]!.apiClient.id).toBe(outcomes[1]!.apiClient.id);
  });

  test('is assigned a rate plan, and can lose it', async () => {
    const plan = await createPlan();
    const client = await createClient({ ratePlanId: plan.id });
    expect(client.ratePlan).toEqual({ id: plan.id });
    const { apiClient } = await run<Client>(UPDATE_CLIENT, { input: { id: client.id, ratePlanId: null } });
    expect(apiClient).toEqual({ ...client, ratePlan: null });
  });

  test('cannot be assigned the rate plan of another organization', async () => {
    const plan = await createPlan();
    expect(await refusal(CREATE_CLIENT, { input: { name: 'Mine', ratePlanId: plan.id } }, stranger)).toBe('NOT_FOUND');
  });
});

describe('a rate plan', () => {
  test('has a name of its own', async () => {
    const plan = await createPlan('Gold');
    expect(await run<Plan>(CREATE_PLAN, { input: { name: 'Gold', requestsPerMinute: 1, requestsPerDay: 1 } })).toMatchObject({ __typename: 'RatePlanExistsError', ratePlan: { id: plan.id } });
  });

  test('cannot allow less in a day than in a minute, also by changing one of the two', async () => {
    const plan = await createPlan();
    expect(await run<Plan>(UPDATE_PLAN, { input: { id: plan.id, requestsPerDay: 59 } })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'requestsPerDay' }] });
    expect(await run<Plan>(UPDATE_PLAN, { input: { id: plan.id, requestsPerDay: 60 } })).toMatchObject({ ratePlan: { requestsPerDay: 60 } });
  });
});

describe('a key', () => {
  test('shows its secret once, and only its hash is kept', async () => {
    const { secret, apiKey } = await createKey((await createClient()).id);
    expect(secret).toMatch(/^bsk_[\w-]{43}$/);
    expect(apiKey).toMatchObject({ prefix: secret.slice(0, 12), state: 'ACTIVE', scopes: ['schema:read'] });
    const row = await graph().tools.db.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } });
    expect(row.hash).toBe(createHash('sha256').update(secret).digest('hex'));
    expect(JSON.stringify([row, await graph().said(apiKeyCreated)])).not.toContain(secret);
  });

  test('allows nothing that its maker is not allowed', async () => {
    const outcome = await createKey((await createClient()).id, { scopes: ['schema:read', 'envelopes:write'] });
    expect(outcome).toMatchObject({ __typename: 'ScopeNotHeldError', scopes: ['envelopes:write'] });
  });

  test('must end in the future', async () => {
    const outcome = await createKey((await createClient()).id, { expiresAt: '2020-01-01T00:00:00.000Z' });
    expect(outcome).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'expiresAt' }] });
  });

  test('is one of at most ten usable ones, also when they are made at once', async () => {
    const { id } = await createClient();
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => createKey(id)));
    expect(outcomes.filter((outcome) => outcome.__typename === 'TooManyApiKeysError')).toHaveLength(2);
    await run(REVOKE_KEY, { id: outcomes.find((outcome) => outcome.apiKey)!.apiKey.id });
    expect((await createKey(id)).__typename).toBe('CreateApiKeySuccess');
    const { activeKeys } = await run<{ activeKeys: unknown[] }>('query ($id: ID!) { apiClient(id: $id) { activeKeys { id } } }', { id });
    expect(activeKeys).toHaveLength(10);
  });

  test('is taken back once, however often it is asked', async () => {
    const { apiKey } = await createKey((await createClient()).id);
    const before = (await graph().said(apiKeyRevoked)).length;
    const outcomes = await Promise.all([1, 2].map(() => run<Key>(REVOKE_KEY, { id: apiKey.id })));
    expect(outcomes.map((outcome) => outcome.apiKey.state)).toEqual(['REVOKED', 'REVOKED']);
    expect(await graph().said(apiKeyRevoked)).toHaveLength(before + 1);
  });
});

describe('programs, keys and plans', () => {
  test('are not there for a member of another organization', async () => {
    const { id } = await createClient();
    const plan = await createPlan();
    const { apiKey } = await createKey(id);
    const seen = await graph().as(stranger)(
      `query ($id: ID!, $plan: ID!, $r: [_Any!]!) { apiClient(id: $id) { id } ratePlan(id: $plan) { id } apiClients { edges { cursor } } apiKeys(apiClientId: $id) { edges { cursor } } ratePlans { edges { cursor } }
        _entities(representations: $r) { __typename } }`,
      { id, plan: plan.id, r: [{ __typename: 'ApiClient', id }, { __typename: 'ApiKey', id: apiKey.id }, { __typename: 'RatePlan', id: plan.id }] },
    );
    const none = { edges: [] };
    expect(seen.data).toEqual({ apiClient: null, ratePlan: null, apiClients: none, apiKeys: none, ratePlans: none, _entities: [null, null, null] });
    expect(await refusal(UPDATE_CLIENT, { input: { id, name: 'Mine' } }, stranger)).toBe('NOT_FOUND');
    expect(await refusal(UPDATE_PLAN, { input: { id: plan.id, name: 'Mine' } }, stranger)).toBe('NOT_FOUND');
    expect(await refusal(CREATE_KEY, { input: { apiClientId: id, name: 'Mine', scopes: ['schema:read'] } }, stranger)).toBe('NOT_FOUND');
    expect(await refusal(REVOKE_KEY, { id: apiKey.id }, stranger)).toBe('NOT_FOUND');
  });

  test.each([
    ['reading programs', '{ apiClients { edges { cursor } } }', 'api-clients:read'],
    ['reading keys', '{ apiKeys { edges { cursor } } }', 'api-clients:read'],
    ['making a plan', 'mutation { createRatePlan(input: { name: "A", requestsPerMinute: 1, requestsPerDay: 1 }) { __typename } }', 'api-clients:write'],
  ])('refuse %s to a token without the scope', async (_what, query, scope) => {
    expect(await refusal(query, {}, aUser(scopes.filter((held) => held !== scope)))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('cost one query a kind, however many are asked for as references', async () => {
    const plan = await createPlan();
    const clients = await Promise.all([1, 2, 3].map(() => createClient({ ratePlanId: plan.id })));
    const keys = await Promise.all(clients.map(async ({ id }) => (await createKey(id)).apiKey));
    const entities = (fields: string) => `query ($r: [_Any!]!) { _entities(representations: $r) { ${fields} } }`;
    const of = (typename: string, rows: { id: string }[]) => ({ r: rows.map(({ id }) => ({ __typename: typename, id })) });
    expect(await cost(entities('... on ApiClient { name ratePlan { name } activeKeys { prefix } }'), of('ApiClient', clients))).toBe(3);
    expect(await cost(entities('... on ApiKey { apiClient { name } }'), of('ApiKey', keys))).toBe(2);
    expect(await cost(entities('... on RatePlan { name }'), of('RatePlan', [plan, plan]))).toBe(1);
  });
});
