import { aStranger, aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactCreated } from '../src/events.ts';
import { crm } from '../src/subgraph.ts';

const scopes = ['contacts:read', 'contacts:write'];
const owner = aUser(scopes);
const stranger = aStranger(scopes);

const CREATE = /* GraphQL */ `
  mutation ($input: CreateContactInput!) {
    createContact(input: $input) {
      __typename
      ... on CreateContactSuccess { contact { id name email kind } }
      ... on ContactExistsError { message contact { id } }
      ... on InvalidInputError { issues { path message } }
    }
  }
`;

interface Created {
  createContact: { __typename: string; contact: { id: string; name: string; email: string }; issues: { path: string }[] };
}

let graph: Awaited<ReturnType<typeof start>>;
const start = () => startTestSubgraph(crm);
beforeAll(async () => {
  graph = await start();
});
afterAll(() => graph.stop());

const create = async (input: object, actor = owner) => {
  const { data, errors } = await graph.as(actor)<Created>(CREATE, { input });
  expect(errors).toBeUndefined();
  return data!.createContact;
};

describe('a contact', () => {
  test('is added once for an address, also when two add it at the same moment', async () => {
    const outcomes = await Promise.all([create({ name: 'Ndapewa', email: 'Ndapewa@example.na' }), create({ name: 'Ndapewa N.', email: 'ndapewa@example.na' })]);
    expect(outcomes.map((outcome) => outcome.__typename).sort()).toEqual(['ContactExistsError', 'CreateContactSuccess']);
    expect(outcomes[0]!.contact.id).toBe(outcomes[1]!.contact.id);
    expect(await graph.said(contactCreated)).toHaveLength(1);
  });

  test('needs a name', async () => {
    const outcome = await create({ name: '  ' });
    expect(outcome).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'name' }] });
  });

  test('is not there for a member of another organization', async () => {
    const { contact } = await create({ name: 'Tangeni' });
    const seen = await graph.as(stranger)('query ($id: ID!) { contact(id: $id) { name } contacts { edges { node { name } } } }', { id: contact.id });
    expect(seen).toEqual({ data: { contact: null, contacts: { edges: [] } } });
    const changed = await graph.as(stranger)('mutation ($id: ID!) { updateContact(input: { id: $id, name: "Mine" }) { __typename } }', { id: contact.id });
    expect(changed.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is refused to a token without the scope, and to nobody', async () => {
    const without = await graph.as(aUser([]))('{ contacts { edges { cursor } } }');
    expect(without.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('costs one query however many are asked for as references', async () => {
    const ids = await Promise.all(['A', 'B', 'C'].map(async (name) => (await create({ name })).contact.id));
    const ask = () => graph.as(owner)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contact { name } } }', { r: ids.map((id) => ({ __typename: 'Contact', id })) });
    expect(await graph.countQueries(ask)).toBe(1);
    expect((await ask()).data).toEqual({ _entities: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] });
  });
});
