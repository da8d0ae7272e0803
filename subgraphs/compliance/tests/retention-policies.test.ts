import { aUser } from '@buffrsign/kernel/testing';
import { describe, expect, test } from 'vitest';
import { complianceUnderTest, member, scopes, stranger } from './compliance.ts';

const { cost, graph, refusal, run } = complianceUnderTest();

interface Created { readonly __typename: string; readonly retentionPolicy: { readonly id: string; readonly documentType: string; readonly retainForMonths: number } }

const CREATE = 'mutation ($input: CreateRetentionPolicyInput!) { createRetentionPolicy(input: $input) { __typename ... on CreateRetentionPolicySuccess { retentionPolicy { id documentType retainForMonths } } ... on RetentionPolicyExistsError { retentionPolicy { id } } ... on InvalidInputError { issues { path } } } }';
const UPDATE = 'mutation ($input: UpdateRetentionPolicyInput!) { updateRetentionPolicy(input: $input) { __typename ... on UpdateRetentionPolicySuccess { retentionPolicy { id documentType retainForMonths basis } } ... on InvalidInputError { issues { path } } } }';
const DELETE = 'mutation ($id: ID!) { deleteRetentionPolicy(input: { id: $id }) { ... on DeleteRetentionPolicySuccess { deletedId } } }';

const create = (actor: ReturnType<typeof member>, input: object = {}) => run<Created>(actor, CREATE, { input: { documentType: 'Lease', retainForMonths: 60, basis: 'Decision of the board', ...input } });

describe('a retention policy', () => {
  test('is one for a kind of document, also when two write it at once', async () => {
    const actor = member();
    const outcomes = await Promise.all([create(actor), create(actor, { documentType: ' lease ' })]);
    expect(outcomes.map((outcome) => outcome.__typename).sort()).toEqual(['CreateRetentionPolicySuccess', 'RetentionPolicyExistsError']);
    expect(outcomes[0]!.retentionPolicy.id).toBe(outcomes[1]!.retentionPolicy.id);
  });

  test('is changed where it is said, and can be removed', async () => {
    const actor = member();
    const { retentionPolicy: { id } } = await create(actor);
    expect(await run(actor, UPDATE, { input: { id, retainForMonths: 84 } })).toMatchObject({ retentionPolicy: { retainForMonths: 84, basis: 'Decision of the board' } });
    expect(await run(actor, DELETE, { id })).toEqual({ deletedId: id });
    expect(await run(actor, 'query ($id: ID!) { retentionPolicy(id: $id) { id } }', { id })).toBeNull();
  });

  test.each([
    ['no kind', { documentType: ' ' }, 'documentType'],
    ['no time', { retainForMonths: 0 }, 'retainForMonths'],
    ['no basis', { basis: '' }, 'basis'],
  ])('is refused with %s', async (_what, input, path) => {
    expect(await create(member(), input)).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });

  test('is not there for a member of another organization', async () => {
    const { retentionPolicy: { id } } = await create(member());
    const seen = await graph().as(stranger)('query ($id: ID!) { retentionPolicy(id: $id) { id } retentionPolicies { edges { cursor } } _entities(representations: [{ __typename: "RetentionPolicy", id: $id }]) { __typename } }', { id });
    expect(seen.data).toEqual({ retentionPolicy: null, retentionPolicies: { edges: [] }, _entities: [null] });
    expect(await refusal(stranger, UPDATE, { input: { id, retainForMonths: 1 } })).toBe('NOT_FOUND');
    expect(await refusal(stranger, DELETE, { id })).toBe('NOT_FOUND');
  });

  test.each([
    ['writing', CREATE, { input: { documentType: 'A', retainForMonths: 1, basis: 'B' } }],
    ['changing', UPDATE, { input: { id: 'rtp_1' } }],
    ['removing', DELETE, { id: 'rtp_1' }],
  ])('refuses %s to a token that may only read', async (_what, query, variables) => {
    expect(await refusal(aUser(['compliance:read']), query, variables)).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('costs one query however many are asked for as references', async () => {
    const actor = aUser(scopes);
    const ids = await Promise.all(['a', 'b', 'c'].map(async (documentType) => (await create(actor, { documentType })).retentionPolicy.id));
    expect(await cost(actor, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on RetentionPolicy { basis } } }', { r: ids.map((id) => ({ __typename: 'RetentionPolicy', id })) })).toBe(1);
    expect(await run(actor, '{ retentionPolicies(first: 2) { pageInfo { hasNextPage } } }')).toEqual({ pageInfo: { hasNextPage: true } });
  });
});
