import type { User } from '@buffrsign/kernel';
import { mintActorToken, writeCursor } from '@buffrsign/kernel/gateway';
import { aGuest, anonymous, aUser, testSecrets } from '@buffrsign/kernel/testing';
import { createClient } from 'graphql-ws';
import type { ExecutionResult } from 'graphql';
import { envelopeCompleted } from '@buffrsign/signatures/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { anEnvelope, join, scopes, startNotifications, type NotificationsGraph } from './support/world.ts';

let graph: NotificationsGraph;
beforeAll(async () => {
  graph = await startNotifications();
});
afterAll(() => graph.stop());

const WATCH = 'subscription { notificationReceived { occurredAt notification { id kind text readAt document { id } } } }';
type Events = AsyncIterableIterator<ExecutionResult>;
const subscribe = (actor: Parameters<NotificationsGraph['as']>[0], cursor?: string) => graph.transport.subscribe({ query: WATCH, actor, requestId: 'req_1', ...(cursor !== undefined && { cursor }) });
const watch = async (actor: User, cursor?: string): Promise<Events> => (await subscribe(actor, cursor)) as Events;
const complete = async (sender: User) => {
  const envelope = anEnvelope(sender);
  await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
  return envelope;
};

describe('a subscription to notifications', () => {
  test('gets each new one as it stands in the database, with what it is about', async () => {
    const member = await join(graph);
    const events = await watch(member);
    const envelope = await complete(member);
    const { value } = await events.next();
    expect(value).toEqual({ data: { notificationReceived: { occurredAt: expect.any(String), notification: { id: expect.stringMatching(/^ntf_/), kind: 'ENVELOPE_COMPLETED', text: '“Lease” was signed by everybody and sealed.', readAt: null, document: { id: envelope.documentId } } } }, extensions: { cursor: expect.any(String) } });
    await events.return!();
  });

  test('gets those of the viewer in the organization for which they act, and no other', async () => {
    const member = await join(graph);
    const colleague = await join(graph, { organizationId: member.organizationId });
    const elsewhere = await join(graph, { id: member.id });
    const events = await watch(member);
    await complete(colleague);
    await complete(elsewhere);
    const own = await complete(member);
    // The first that arrives is the viewer's own: the two before it were not for them.
    expect((await events.next()).value).toMatchObject({ data: { notificationReceived: { notification: { document: { id: own.documentId } } } } });
    await events.return!();
  });

  test('gets, for a viewer who comes back, those that came meanwhile in the organization for which they act', async () => {
    const member = await join(graph);
    const elsewhere = await join(graph, { id: member.id });
    const events = await watch(member);
    await complete(member);
    const { value: seen } = await events.next();
    await events.return!();
    await complete(elsewhere);
    const missed = [await complete(member), await complete(member)];
    const back = await watch(member, (seen.extensions as { cursor: string }).cursor);
    for (const { documentId } of missed) {
      expect((await back.next()).value).toMatchObject({ data: { notificationReceived: { notification: { document: { id: documentId } } } } });
    }
    await back.return!();
  });

  test('goes on over WebSocket as in the process, behind the cursor in the payload’s extensions', async () => {
    const member = await join(graph);
    const client = createClient({ url: `${graph.url.replace(/^http/, 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: () => ({ actor: mintActorToken(member, testSecrets.ACTOR_TOKEN_SECRET) }) });
    const listen = (cursor?: unknown) => client.iterate({ query: WATCH, ...(cursor !== undefined && { extensions: { cursor } }) });
    const [{ head }] = await graph.tools.db.$queryRaw<[{ head: bigint }]>`select coalesce(max(sequence), 0) as head from "OutboxMessage"`;
    const missed = [await complete(member), await complete(member)];
    const events = listen(writeCursor({ source: 'notifications', sequence: head }));
    for (const { documentId } of missed) {
      const { value } = await events.next();
      expect(value).toMatchObject({ data: { notificationReceived: { notification: { document: { id: documentId } } } }, extensions: { cursor: expect.any(String) } });
    }
    await events.return!();
    // Refused in words, not by closing the socket, on which others listen, too.
    for (const bad of ['garbled', 5, {}]) expect((await listen(bad).next()).value, String(bad)).toMatchObject({ errors: [{ extensions: { code: 'CURSOR_INVALID' } }] });
    await client.dispose();
  });

  test('ends at once when the viewer leaves, also while nothing comes', async () => {
    const events = await watch(await join(graph));
    const waiting = events.next();
    await events.return!();
    expect((await waiting).done).toBe(true);
  });

  test.each([
    ['nobody in particular', anonymous, 'UNAUTHENTICATED'],
    ['a member without the scope', aUser([]), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['a guest', aGuest({ organizationId: 'org_1', resourceId: 'env_1', scopes }), 'FORBIDDEN'],
  ] as const)('is refused to %s', async (_who, actor, code) => {
    expect(((await subscribe(actor)) as ExecutionResult).errors?.[0]?.extensions).toMatchObject({ code });
  });
});
