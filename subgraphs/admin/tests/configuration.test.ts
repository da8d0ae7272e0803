import { aStranger, aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configurationChanged } from '../src/events.ts';
import { admin } from '../src/subgraph.ts';

const scopes = ['configuration:read', 'configuration:write'];
const start = () => startTestSubgraph(admin);
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
});
afterAll(() => graph.stop());

const SET = 'mutation ($input: SetConfigurationInput!) { setConfiguration(input: $input) { __typename ... on SetConfigurationSuccess { entry { key value defaultValue updatedBy { id } } } ... on InvalidInputError { issues { path message } } } }';
const RESET = 'mutation ($input: ResetConfigurationInput!) { resetConfiguration(input: $input) { __typename ... on ResetConfigurationSuccess { entry { value updatedAt } } } }';
const read = async (actor: ReturnType<typeof aUser>) => {
  const { data } = await graph.as(actor)<{ configuration: { key: string; value: string | null }[] }>('{ configuration { key value } }');
  return Object.fromEntries(data!.configuration.map(({ key, value }) => [key, value]));
};
const defaults = { BRAND_NAME: null, ENVELOPE_EXPIRY_DAYS: '90', REMINDER_INTERVAL_DAYS: '3', SUPPORT_EMAIL: null };

describe('the settings of an organization', () => {
  test('are the defaults until something is chosen, and again after a reset; every change is said', async () => {
    const member = aUser(scopes);
    expect(await read(member)).toEqual(defaults);
    const { data } = await graph.as(member)(SET, { input: { key: 'ENVELOPE_EXPIRY_DAYS', value: '14' } });
    expect(data).toEqual({ setConfiguration: { __typename: 'SetConfigurationSuccess', entry: { key: 'ENVELOPE_EXPIRY_DAYS', value: '14', defaultValue: '90', updatedBy: { id: member.id } } } });
    expect(await read(member)).toEqual({ ...defaults, ENVELOPE_EXPIRY_DAYS: '14' });
    const reset = () => graph.as(member)(RESET, { input: { key: 'ENVELOPE_EXPIRY_DAYS' } });
    expect((await reset()).data).toMatchObject({ resetConfiguration: { entry: { value: '90', updatedAt: null } } });
    await reset();
    const facts = (await graph.said(configurationChanged)).filter(({ organizationid }) => organizationid === member.organizationId);
    expect(facts.map(({ data }) => data.value)).toEqual(['14', '90']);
  });

  test('take only what their key takes, and say why', async () => {
    const member = aUser(scopes);
    const { data } = await graph.as(member)(SET, { input: { key: 'REMINDER_INTERVAL_DAYS', value: 'soon' } });
    expect(data).toEqual({ setConfiguration: { __typename: 'InvalidInputError', issues: [{ path: 'value', message: 'Give whole days, from 1 to 30.' }] } });
    expect(await read(member)).toEqual(defaults);
  });

  test('are neither seen nor changed by another organization', async () => {
    const member = aUser(scopes);
    const stranger = aStranger(scopes);
    await graph.as(member)(SET, { input: { key: 'BRAND_NAME', value: 'Kalahari Legal' } });
    expect(await read(stranger)).toEqual(defaults);
    await graph.as(stranger)(SET, { input: { key: 'BRAND_NAME', value: 'Mine' } });
    await graph.as(stranger)(RESET, { input: { key: 'BRAND_NAME' } });
    expect(await read(member)).toEqual({ ...defaults, BRAND_NAME: 'Kalahari Legal' });
  });

  test('are closed to a token without the scope, and cost one query', async () => {
    const reader = aUser(['configuration:read']);
    expect((await graph.as(reader)(SET, { input: { key: 'BRAND_NAME', value: 'x' } })).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    expect((await graph.as(aUser([]))('{ configuration { key } }')).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    expect(await graph.countQueries(() => graph.as(reader)('{ configuration { key value updatedBy { id } } }'))).toBe(1);
  });
});
