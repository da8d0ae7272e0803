import { aStranger, aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { supportTicketOpened, supportTicketReplied, supportTicketStatusChanged } from '../src/events.ts';
import { admin } from '../src/subgraph.ts';

const scopes = ['tickets:read', 'tickets:write'];
const opener = aUser(scopes);
const agent = aUser(scopes, { organizationId: opener.organizationId });
const stranger = aStranger(scopes);
const start = () => startTestSubgraph(admin);
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
});
afterAll(() => graph.stop());

const TICKET = 'id subject status priority resolvedAt closedAt openedBy { id } assignee { id } messages { edges { node { body author { id } } } }';
const MUTATIONS: Readonly<Record<string, string>> = {
  openSupportTicket: `mutation ($input: OpenSupportTicketInput!) { outcome: openSupportTicket(input: $input) { __typename ... on OpenSupportTicketSuccess { supportTicket { ${TICKET} } } ... on InvalidInputError { issues { path } } } }`,
  replyToSupportTicket: `mutation ($input: ReplyToSupportTicketInput!) { outcome: replyToSupportTicket(input: $input) { __typename ... on ReplyToSupportTicketSuccess { supportTicket { ${TICKET} } } ... on SupportTicketClosedError { closedAt } ... on InvalidInputError { issues { path } } } }`,
  changeSupportTicketStatus: `mutation ($input: ChangeSupportTicketStatusInput!) { outcome: changeSupportTicketStatus(input: $input) { __typename ... on ChangeSupportTicketStatusSuccess { supportTicket { ${TICKET} } } ... on SupportTicketStatusError { message status possible } } }`,
  changeSupportTicketPriority: `mutation ($input: ChangeSupportTicketPriorityInput!) { outcome: changeSupportTicketPriority(input: $input) { __typename ... on ChangeSupportTicketPrioritySuccess { supportTicket { ${TICKET} } } ... on SupportTicketClosedError { message } } }`,
};
interface Outcome {
  readonly __typename: string;
  readonly supportTicket: { readonly id: string; readonly status: string; readonly messages: { readonly edges: readonly { readonly node: { readonly body: string } }[] } };
}
const act = async (mutation: string, input: object, actor = opener) => {
  const { data, errors } = await graph.as(actor)<{ outcome: Outcome }>(MUTATIONS[mutation]!, { input });
  return { errors, ...(data?.outcome as Outcome) };
};
let keys = 0;
const aKey = () => `key ${(keys += 1)}`;
const openTicket = async (of: object = {}) => (await act('openSupportTicket', { subject: 'Seal fails', body: 'It says WAITING.', idempotencyKey: aKey(), ...of })).supportTicket;
const reply = (ticketId: string, body: string, actor = opener) => act('replyToSupportTicket', { ticketId, body, idempotencyKey: aKey() }, actor);
const move = (id: string, status: string, actor = agent) => act('changeSupportTicketStatus', { id, status }, actor);

describe('a support ticket', () => {
  test('is opened once for a key, also when it is sent twice at the same moment', async () => {
    const input = { subject: 'Twice', body: 'Hello', priority: 'HIGH', idempotencyKey: aKey() };
    const [first, second] = await Promise.all([act('openSupportTicket', input), act('openSupportTicket', input)]);
    expect(first).toEqual(second);
    expect(first.supportTicket).toMatchObject({ status: 'OPEN', priority: 'HIGH', openedBy: { id: opener.id }, assignee: null, messages: { edges: [{ node: { body: 'Hello', author: { id: opener.id } } }] } });
    expect((await graph.said(supportTicketOpened)).filter(({ subject }) => subject === first.supportTicket.id)).toHaveLength(1);
  });

  test('goes from hand to hand until it is closed, and each step is said', async () => {
    const { id } = await openTicket();
    expect((await move(id, 'IN_PROGRESS')).supportTicket).toMatchObject({ status: 'IN_PROGRESS', assignee: { id: agent.id } });
    await reply(id, 'Try again now.', agent);
    expect((await move(id, 'RESOLVED')).supportTicket).toMatchObject({ status: 'RESOLVED', resolvedAt: expect.anything(), closedAt: null });
    expect((await reply(id, 'Still fails.')).supportTicket).toMatchObject({ status: 'OPEN', resolvedAt: null });
    const closed = await move(id, 'CLOSED');
    expect(closed.supportTicket).toMatchObject({ status: 'CLOSED', closedAt: expect.anything() });
    expect(closed.supportTicket.messages.edges.map(({ node }) => node.body)).toEqual(['Still fails.', 'Try again now.', 'It says WAITING.']);
    const moves = (await graph.said(supportTicketStatusChanged)).filter(({ subject }) => subject === id);
    expect(moves.map(({ data }) => data.status)).toEqual(['IN_PROGRESS', 'RESOLVED', 'OPEN', 'CLOSED']);
    expect((await graph.said(supportTicketReplied)).filter(({ subject }) => subject === id)).toHaveLength(2);
  });

  test('that is closed takes no answer, no priority and no other status', async () => {
    const { id } = await openTicket();
    await move(id, 'CLOSED');
    expect(await reply(id, 'One more thing')).toMatchObject({ __typename: 'SupportTicketClosedError' });
    expect(await act('changeSupportTicketPriority', { id, priority: 'LOW' })).toMatchObject({ __typename: 'SupportTicketClosedError' });
    expect(await move(id, 'OPEN')).toMatchObject({ __typename: 'SupportTicketStatusError', status: 'CLOSED', possible: [] });
    expect(await move(id, 'CLOSED')).toMatchObject({ __typename: 'ChangeSupportTicketStatusSuccess' });
  });

  test('is answered once for a key, and its priority can change', async () => {
    const { id } = await openTicket();
    const input = { ticketId: id, body: 'Again', idempotencyKey: aKey() };
    await Promise.all([act('replyToSupportTicket', input), act('replyToSupportTicket', input)]);
    const { supportTicket } = await act('changeSupportTicketPriority', { id, priority: 'URGENT' });
    expect(supportTicket).toMatchObject({ priority: 'URGENT', messages: { edges: { length: 2 } } });
  });

  test.each([
    ['openSupportTicket', { subject: ' ', body: 'x' }, 'subject'],
    ['openSupportTicket', { subject: 'x', body: '' }, 'body'],
    ['replyToSupportTicket', { body: ' ' }, 'body'],
  ])('%s refuses %j', async (mutation, input, path) => {
    const { id } = await openTicket();
    const ticket = mutation === 'replyToSupportTicket' ? { ticketId: id } : {};
    expect(await act(mutation, { ...ticket, ...input, idempotencyKey: aKey() })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });

  test('is not there for a member of another organization', async () => {
    const { id } = await openTicket();
    const seen = await graph.as(stranger)('query ($id: ID!, $r: [_Any!]!) { supportTicket(id: $id) { id } supportTickets { edges { cursor } } _entities(representations: $r) { ... on SupportTicket { id } } }', { id, r: [{ __typename: 'SupportTicket', id }] });
    expect(seen).toEqual({ data: { supportTicket: null, supportTickets: { edges: [] }, _entities: [null] } });
    for (const outcome of [await reply(id, 'x', stranger), await move(id, 'CLOSED', stranger), await act('changeSupportTicketPriority', { id, priority: 'LOW' }, stranger)]) {
      expect(outcome.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test('is closed to a token without the scope', async () => {
    expect((await graph.as(aUser([]))('{ supportTickets { edges { cursor } } }')).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    expect((await act('openSupportTicket', { subject: 'x', body: 'x', idempotencyKey: 'x' }, aUser(['tickets:read']))).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('is listed by status, and costs one query however many are referred to', async () => {
    const member = aUser(scopes);
    const ids: string[] = [];
    for (const subject of ['A', 'B', 'C']) ids.push((await act('openSupportTicket', { subject, body: 'x', idempotencyKey: aKey() }, member)).supportTicket.id);
    await move(ids[1]!, 'RESOLVED', member);
    expect((await graph.as(member)('{ supportTickets(status: OPEN) { edges { node { subject } } } }')).data).toEqual({ supportTickets: { edges: [{ node: { subject: 'C' } }, { node: { subject: 'A' } }] } });
    const ask = () => graph.as(member)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on SupportTicket { subject openedBy { id } } } }', { r: ids.map((id) => ({ __typename: 'SupportTicket', id })) });
    expect(await graph.countQueries(ask)).toBe(1);
  });
});
