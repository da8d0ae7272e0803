import { aUser } from '@buffrsign/kernel/testing';
import { describe, expect, test } from 'vitest';
import { CREATE, DELETE, GET_ENDPOINT, integrationsUnderTest, member, RESEND, ROTATE, scopes, stranger, TEST, UPDATE } from './integrations.ts';
import { receiverUnderTest } from './receiver.ts';

const receiver = receiverUnderTest();
const { cost, create, deliveries, graph, refusal, run } = integrationsUnderTest();

describe('an endpoint', () => {
  test('shows its secret once, and the database holds it sealed', async () => {
    const { secret, webhookEndpoint } = await create(member(), 'https://hooks.example.na/');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const row = await graph().tools.db.webhookEndpoint.findUniqueOrThrow({ where: { id: webhookEndpoint.id } });
    expect(JSON.stringify(row)).not.toContain(secret.slice(6));
    expect(graph().tools.services.open(row.sealedSecret)).toBe(secret);
  });

  test.each([
    ['inside', { url: 'https://169.254.169.254/' }, 'url'],
    ['without events', { eventTypes: [] }, 'eventTypes'],
    ['for pings', { eventTypes: ['PING'] }, 'eventTypes'],
    ['with too long a description', { description: 'a'.repeat(501) }, 'description'],
  ])('%s is refused, new or changed', async (_what, input, path) => {
    const actor = member();
    expect(await create(actor, 'https://hooks.example.na/', input)).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
    const { webhookEndpoint } = await create(actor, 'https://hooks.example.na/');
    expect(await run(actor, UPDATE, { input: { id: webhookEndpoint.id, ...input } })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });

  test('is one of at most twenty, also when they are added at once', async () => {
    const actor = member();
    const outcomes = await Promise.all(Array.from({ length: 22 }, () => create(actor, 'https://hooks.example.na/')));
    expect(outcomes.filter((outcome) => outcome.__typename === 'TooManyWebhookEndpointsError')).toHaveLength(2);
  });

  test('is changed where it is said and stays otherwise', async () => {
    const actor = member();
    const { webhookEndpoint } = await create(actor, 'https://hooks.example.na/');
    const changed = await run(actor, UPDATE, { input: { id: webhookEndpoint.id, url: 'https://other.example.na/', state: 'DISABLED' } });
    expect(changed).toMatchObject({ webhookEndpoint: { url: 'https://other.example.na/', eventTypes: ['ENVELOPE_COMPLETED'], state: 'DISABLED', disabledReason: 'BY_MEMBER' } });
    expect(await run(actor, TEST, { id: webhookEndpoint.id })).toEqual({ __typename: 'WebhookEndpointDisabledError' });
    expect(await run(actor, UPDATE, { input: { id: webhookEndpoint.id, state: 'ENABLED' } })).toMatchObject({ webhookEndpoint: { state: 'ENABLED', disabledReason: null } });
  });

  test('is gone when it is removed, and what it was told stays listed', async () => {
    const actor = member();
    const { webhookEndpoint } = await create(actor, receiver.url('/200'));
    await run(actor, TEST, { id: webhookEndpoint.id });
    const [delivery] = await deliveries(actor, webhookEndpoint.id);
    await run(actor, DELETE, { id: webhookEndpoint.id });
    expect(await run(actor, GET_ENDPOINT, { id: webhookEndpoint.id })).toBeNull();
    expect(await run(actor, 'query ($id: ID!) { webhookDelivery(id: $id) { state webhookEndpoint { id } } }', { id: delivery!.id })).toEqual({ state: 'DELIVERED', webhookEndpoint: null });
    expect(await run(actor, RESEND, { id: delivery!.id })).toEqual({ __typename: 'WebhookEndpointDisabledError' });
  });
});

describe('endpoints and deliveries', () => {
  test('are not there for a member of another organization', async () => {
    const actor = member();
    const { webhookEndpoint: { id } } = await create(actor, receiver.url('/200'));
    await run(actor, TEST, { id });
    const [delivery] = await deliveries(actor, id);
    const r = [{ __typename: 'WebhookEndpoint', id }, { __typename: 'WebhookDelivery', id: delivery!.id }];
    const seen = await graph().as(stranger)(
      'query ($id: ID!, $d: ID!, $r: [_Any!]!) { webhookEndpoint(id: $id) { id } webhookDelivery(id: $d) { id } webhookEndpoints { edges { cursor } } webhookDeliveries(webhookEndpointId: $id) { edges { cursor } } _entities(representations: $r) { __typename } }',
      { id, d: delivery!.id, r },
    );
    const none = { edges: [] };
    expect(seen.data).toEqual({ webhookEndpoint: null, webhookDelivery: null, webhookEndpoints: none, webhookDeliveries: none, _entities: [null, null] });
    for (const mutation of [DELETE, ROTATE, TEST]) expect(await refusal(stranger, mutation, { id })).toBe('NOT_FOUND');
    expect(await refusal(stranger, UPDATE, { input: { id, description: 'Mine' } })).toBe('NOT_FOUND');
    expect(await refusal(stranger, RESEND, { id: delivery!.id })).toBe('NOT_FOUND');
  });

  test.each([
    ['adding', CREATE, { input: { url: 'https://hooks.example.na/', eventTypes: ['DOCUMENT_READY'] } }],
    ['changing', UPDATE, { input: { id: 'whe_1' } }],
    ['removing', DELETE, { id: 'whe_1' }],
    ['rotating', ROTATE, { id: 'whe_1' }],
    ['testing', TEST, { id: 'whe_1' }],
    ['resending', RESEND, { id: 'whd_1' }],
  ])('refuse %s to a token that may only read', async (_what, query, variables) => {
    expect(await refusal(aUser(['integrations:read']), query, variables)).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('refuse reading to a token without the scope', async () => {
    expect(await refusal(aUser(scopes.slice(1)), '{ webhookEndpoints { edges { cursor } } }', {})).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await refusal(aUser(scopes.slice(1)), '{ webhookDeliveries { edges { cursor } } }', {})).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('cost the same number of queries however many are asked for', async () => {
    const actor = member();
    const { webhookEndpoint: { id } } = await create(actor, receiver.url('/200'));
    const list = '{ webhookDeliveries { edges { node { webhookEndpoint { url } attempts { outcome } } } } }';
    await run(actor, TEST, { id });
    const one = await cost(actor, list);
    for (let more = 0; more < 3; more += 1) await run(actor, TEST, { id });
    expect(await cost(actor, list)).toBe(one);
    expect(await cost(actor, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on WebhookEndpoint { url } } }', { r: [id, id].map((same) => ({ __typename: 'WebhookEndpoint', id: same })) })).toBe(1);
  });
});
