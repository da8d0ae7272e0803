import type { User } from '@buffrsign/kernel';
import { aGuest, aStranger, aUser } from '@buffrsign/kernel/testing';
import { envelopeCompleted, recipientSent } from '@buffrsign/signatures/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anEnvelope, join, scopes, startNotifications, type NotificationsGraph } from './support/world.ts';

let graph: NotificationsGraph;
beforeAll(async () => {
  graph = await startNotifications();
});
afterAll(() => graph.stop());

const LIST = 'query ($first: Int, $after: String, $unreadOnly: Boolean) { notifications(first: $first, after: $after, unreadOnly: $unreadOnly) { edges { node { id } } pageInfo { hasNextPage endCursor } } unreadNotificationCount }';
interface Listed { notifications: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }; unreadNotificationCount: number }
const MARK = 'mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { __typename ... on MarkNotificationsReadSuccess { notifications { id readAt } unreadCount } ... on InvalidInputError { issues { path } } } }';

/** A sender with completed envelopes, told of each; gives their notifications, newest first. */
const toldOf = async (times: number) => {
  const sender = await join(graph);
  for (let count = 0; count < times; count += 1) {
    const envelope = anEnvelope(sender);
    await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
  }
  const ids = (await list(sender)).notifications.edges.map(({ node }) => node.id);
  return { sender, ids };
};
const list = async (actor: User, variables: object = {}) => (await graph.as(actor)<Listed>(LIST, { ...variables })).data!;

describe('a notification', () => {
  test('says what it is about, whose it is and how far it went', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
    const { data } = await graph.as(sender)('{ notifications { edges { node { kind priority text readAt user { id } envelope { id } document { id } deliveries { channel state address email { id } } } } } }');
    expect(data).toEqual({
      notifications: {
        edges: [
          {
            node: {
              kind: 'ENVELOPE_COMPLETED',
              priority: 'MEDIUM',
              text: '“Lease” was signed by everybody and sealed.',
              readAt: null,
              user: { id: sender.id },
              envelope: { id: envelope.envelopeId },
              document: { id: envelope.documentId },
              deliveries: [
                { channel: 'IN_APP', state: 'DELIVERED', address: null, email: null },
                { channel: 'EMAIL', state: 'PENDING', address: sender.email, email: null },
              ],
            },
          },
        ],
      },
    });
  });

  test('costs two queries with its deliveries, however many are asked for as references', async () => {
    const { sender, ids } = await toldOf(3);
    const ask = () => graph.as(sender)<{ _entities: object[] }>('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Notification { text deliveries { state } } } }', { r: ids.map((id) => ({ __typename: 'Notification', id })) });
    await graph.idle();
    expect(await graph.countQueries(ask)).toBe(2);
    expect((await ask()).data!._entities).toHaveLength(3);
  });

  test.each([
    ['a member of another organization', () => aStranger(scopes)],
    ['another member of the same organization', (sender: User) => aUser(scopes, { organizationId: sender.organizationId })],
    ['the same person acting for another organization', (sender: User) => aUser(scopes, { id: sender.id })],
  ])('is not there for %s', async (_who, actorOf) => {
    const { sender, ids } = await toldOf(1);
    const actor = actorOf(sender);
    const { data } = await graph.as(actor)('query ($id: ID!, $r: [_Any!]!) { notification(id: $id) { id } notifications { edges { node { id } } } unreadNotificationCount _entities(representations: $r) { ... on Notification { id } } }', { id: ids[0], r: [{ __typename: 'Notification', id: ids[0] }] });
    expect(data).toEqual({ notification: null, notifications: { edges: [] }, unreadNotificationCount: 0, _entities: [null] });
    expect((await graph.as(actor)(MARK, { input: { ids } })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect((await list(sender)).unreadNotificationCount).toBe(1);
  });

  test.each([
    ['a member without the scope', () => aUser([]), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['a guest', () => aGuest({ organizationId: 'org_1', resourceId: 'env_1', scopes }), 'FORBIDDEN'],
  ])('is refused to %s', async (_who, actorOf, code) => {
    const operations = ['{ notification(id: "ntf_x") { id } }', '{ notifications { edges { cursor } } }', '{ unreadNotificationCount }', '{ notificationPreferences { kind } }', 'mutation { markNotificationsRead(input: { all: true }) { __typename } }', 'mutation { updateNotificationPreferences(input: { preferences: [] }) { __typename } }'];
    for (const operation of operations) expect((await graph.as(actorOf())(operation)).errors?.[0]?.extensions).toMatchObject({ code });
  });

  test('that a member was sent by e-mail only stands in no list', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    expect(await graph.tools.db.notification.count({ where: { organizationId: sender.organizationId } })).toBe(1);
    expect((await list(sender)).notifications.edges).toEqual([]);
  });
});

describe('the list', () => {
  test('is newest first, page by page', async () => {
    const { sender, ids } = await toldOf(3);
    expect(ids).toEqual(ids.toSorted().toReversed());
    const first = await list(sender, { first: 2 });
    const second = await list(sender, { first: 2, after: first.notifications.pageInfo.endCursor });
    expect([...first.notifications.edges, ...second.notifications.edges].map(({ node }) => node.id)).toEqual(ids);
    expect([first.notifications.pageInfo.hasNextPage, second.notifications.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  test('forgets nothing that was read, and shows what was not when asked to', async () => {
    const { sender, ids } = await toldOf(3);
    const marked = await graph.as(sender)(MARK, { input: { ids: [ids[1]] } });
    expect(marked.data).toMatchObject({ markNotificationsRead: { notifications: [{ id: ids[1], readAt: expect.any(String) }], unreadCount: 2 } });
    expect((await graph.as(sender)(MARK, { input: { ids: [ids[1]] } })).data).toEqual(marked.data);
    const unread = await list(sender, { unreadOnly: true });
    expect(unread.notifications.edges.map(({ node }) => node.id)).toEqual([ids[0], ids[2]]);
    expect((await list(sender)).notifications.edges).toHaveLength(3);
    expect((await graph.as(sender)(MARK, { input: { all: true } })).data).toMatchObject({ markNotificationsRead: { notifications: [], unreadCount: 0 } });
  });

  test('marks none when one of them is not the viewer’s', async () => {
    const { sender, ids } = await toldOf(1);
    const other = await toldOf(1);
    expect((await graph.as(sender)(MARK, { input: { ids: [...ids, ...other.ids] } })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect((await list(sender)).unreadNotificationCount).toBe(1);
    expect((await list(other.sender)).unreadNotificationCount).toBe(1);
  });

  test.each([
    ['neither ids nor all', {}],
    ['both ids and all', { ids: ['ntf_1'], all: true }],
    ['too many ids', { ids: Array.from({ length: 101 }, (_, index) => `ntf_${index}`) }],
  ])('refuses to mark with %s', async (_what, input) => {
    expect((await graph.as(aUser(scopes))(MARK, { input })).data).toMatchObject({ markNotificationsRead: { __typename: 'InvalidInputError', issues: [{ path: 'ids' }] } });
  });
});
