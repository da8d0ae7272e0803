import { documentReady } from '@buffrsign/documents/events';
import { until } from '@buffrsign/kernel/testing';
import { envelopeCompleted, recipientSent } from '@buffrsign/signatures/events';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { PAUSES_MS } from '../src/domain/schedule.ts';
import { webhookEndpointDisabled } from '../src/events.ts';
import { integrationsUnderTest, member, RESEND, ROTATE, TEST, UPDATE, type Delivery } from './integrations.ts';
import { receiverUnderTest } from './receiver.ts';

const DAY_MS = 86_400_000;
const receiver = receiverUnderTest();
// To the subgraph it is a month ago: pauses that it plans are over at once to the queue, which asks Postgres.
const monthAgo = () => new Date(Date.now() - 30 * DAY_MS);
const clock = { now: monthAgo };
const { create, deliveries, endpoint, graph, run } = integrationsUnderTest(clock);
const today = integrationsUnderTest();

const envelope = { envelopeId: 'env_1', title: 'Lease', documentId: 'doc_1', senderId: 'usr_1' };
const recipient = { recipientId: 'rcp_1', name: 'Ndapewa', email: 'ndapewa@example.na', routingOrder: 1 };
const completed = { ...envelope, recipients: [recipient], sha256: 'a'.repeat(64), size: 1, completedAt: '2026-03-01T08:00:00.000Z' };

const test_ = async (actor: ReturnType<typeof member>, id: string) => (await run<{ webhookDelivery: Delivery }>(actor, TEST, { id })).webhookDelivery;

describe('what happened', () => {
  test('is posted once to every endpoint that subscribed, signed, however often the fact comes', async () => {
    const actor = member();
    const one = await today.create(actor, receiver.url('/200/one'));
    const other = await today.create(actor, receiver.url('/200/other'), { eventTypes: ['ENVELOPE_COMPLETED', 'DOCUMENT_READY'] });
    const silent = await today.create(actor, receiver.url('/200/silent'), { eventTypes: ['ENVELOPE_VOIDED'] });
    const fact = await today.graph().tell(envelopeCompleted, { subject: 'env_1', organizationId: actor.organizationId }, completed);
    await today.graph().tellAgain(fact);

    const [delivery, ...more] = await today.deliveries(actor, one.webhookEndpoint.id);
    expect(more).toEqual([]);
    expect(delivery).toMatchObject({ state: 'DELIVERED', eventType: 'ENVELOPE_COMPLETED', messageId: fact.id, attemptCount: 1, attempts: [{ outcome: 'ACCEPTED', status: 200 }] });
    for (const [path, { secret }] of [['/200/one', one], ['/200/other', other]] as const) {
      const [message, ...again] = receiver.at(path);
      expect(again).toEqual([]);
      expect(() => new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>)).not.toThrow();
      expect(message!.headers['webhook-id']).toBe(fact.id);
      expect(JSON.parse(message!.body)).toEqual({ type: 'envelope.completed', timestamp: fact.time, data: completed });
    }
    expect(await today.deliveries(actor, silent.webhookEndpoint.id)).toEqual([]);
  });

  test('is not told to another organization', async () => {
    const [actor, other] = [member(), member()];
    const { webhookEndpoint } = await create(other, receiver.url('/200/of-another'));
    await graph().tell(envelopeCompleted, { subject: 'env_1', organizationId: actor.organizationId }, completed);
    expect(await deliveries(other, webhookEndpoint.id)).toEqual([]);
  });

  test('never carries the way in to a signature', async () => {
    const actor = member();
    await create(actor, receiver.url('/200/link'), { eventTypes: ['RECIPIENT_SENT', 'DOCUMENT_READY'] });
    await graph().tell(recipientSent, { subject: 'env_1', organizationId: actor.organizationId }, { ...envelope, ...recipient, message: 'For you alone', sealedLink: 'the-way-in', expiresAt: '2026-06-01T08:00:00.000Z' });
    await graph().tell(documentReady, { subject: 'doc_1', organizationId: actor.organizationId }, { documentId: 'doc_1', versionId: 'dov_1', title: 'Lease', sha256: 'a'.repeat(64), textSha256: 'b'.repeat(64), size: 1, pages: [{ number: 1, width: 595, height: 842 }], uploadedBy: 'usr_1' });
    await graph().idle();
    const bodies = receiver.at('/200/link').map(({ body }) => JSON.parse(body) as { type: string; data: object });
    expect(bodies.map(({ type }) => type)).toEqual(['recipient.sent', 'document.ready']);
    expect(JSON.stringify(bodies)).not.toMatch(/the-way-in|For you alone/);
    expect(bodies[1]!.data).toMatchObject({ documentId: 'doc_1', pageCount: 1 });
  });
});

describe('an endpoint that does not accept', () => {
  test('is tried again when its pause is over', async () => {
    const actor = member();
    const { webhookEndpoint } = await today.create(actor, receiver.url('/500/later'));
    const asked = Date.now();
    await today.run(actor, TEST, { id: webhookEndpoint.id });
    const [delivery] = await today.deliveries(actor, webhookEndpoint.id);
    expect(delivery).toMatchObject({ state: 'RETRYING', attemptCount: 1, attempts: [{ outcome: 'REJECTED', status: 500 }] });
    expect(Date.parse(delivery!.nextAttemptAt!)).toBeGreaterThanOrEqual(asked + PAUSES_MS[1]!);
  });

  test('is tried as often as the schedule says, always with the same message id, and then given up', async () => {
    const actor = member();
    const { webhookEndpoint } = await create(actor, receiver.url('/500/never'));
    const { messageId } = await test_(actor, webhookEndpoint.id);
    const [delivery] = await deliveries(actor, webhookEndpoint.id);
    expect(delivery).toMatchObject({ state: 'FAILED', attemptCount: PAUSES_MS.length, nextAttemptAt: null });
    const messages = receiver.at('/500/never');
    expect(messages.map(({ headers }) => headers['webhook-id'])).toEqual(PAUSES_MS.map(() => messageId));
    expect((await endpoint(actor, webhookEndpoint.id)).failingSince).not.toBeNull();
  });

  test('gets a message again when a member asks, and is healthy when it accepts', async () => {
    const actor = member();
    const { webhookEndpoint: { id } } = await create(actor, receiver.url('/500/mended'));
    await test_(actor, id);
    const [failed] = await deliveries(actor, id);
    await run(actor, UPDATE, { input: { id, url: receiver.url('/200/mended') } });
    expect(await run(actor, RESEND, { id: failed!.id })).toMatchObject({ webhookDelivery: { state: 'PENDING' } });
    const [delivery] = await deliveries(actor, id);
    expect(delivery).toMatchObject({ state: 'DELIVERED', messageId: failed!.messageId, attemptCount: PAUSES_MS.length + 1 });
    expect(delivery!.attempts[0]).toMatchObject({ number: PAUSES_MS.length + 1, outcome: 'ACCEPTED' });
    expect((await endpoint(actor, id)).failingSince).toBeNull();
  });

  test('is asked again at once when a member asks while an attempt is on its way, whatever comes of that one', async () => {
    const actor = member();
    const { webhookEndpoint: { id } } = await today.create(actor, receiver.url('/held'));
    const { webhookDelivery } = await today.run<{ webhookDelivery: Delivery }>(actor, TEST, { id });
    const arrived = (count: number) => until(`${count} messages to arrive`, () => receiver.at('/held').length === count);
    await arrived(1);
    await today.run(actor, RESEND, { id: webhookDelivery.id });
    receiver.release(500);
    await arrived(2);
    // The second attempt is on its way: the first one's failure has not put it off.
    expect(await today.run(actor, 'query ($id: ID!) { webhookDelivery(id: $id) { state attempts { number outcome } } }', { id: webhookDelivery.id })).toEqual({ state: 'PENDING', attempts: [{ number: 1, outcome: 'REJECTED' }] });
    receiver.release(200);
    expect(await today.deliveries(actor, id)).toMatchObject([{ state: 'DELIVERED', attemptCount: 2 }]);
  });

  test('for five days is switched off, and that is said', async () => {
    const actor = member();
    const { webhookEndpoint: { id } } = await create(actor, receiver.url('/500/days'));
    await test_(actor, id);
    await deliveries(actor, id);
    clock.now = () => new Date(monthAgo().getTime() + 5 * DAY_MS);
    await test_(actor, id);
    await deliveries(actor, id);
    clock.now = monthAgo;
    expect(await endpoint(actor, id)).toMatchObject({ state: 'DISABLED', disabledReason: 'FAILING' });
    const said = await graph().said(webhookEndpointDisabled);
    expect(said.filter((fact) => fact.subject === id)).toMatchObject([{ data: { reason: 'FAILING', host: `127.0.0.1:${receiver.port()}` } }]);
  });

  test('because it is gone is switched off at once, and what waits for it fails', async () => {
    const actor = member();
    const { webhookEndpoint: { id } } = await create(actor, receiver.url('/410/gone'));
    await test_(actor, id);
    const [delivery] = await deliveries(actor, id);
    expect(delivery).toMatchObject({ state: 'FAILED', attemptCount: 1 });
    expect(await endpoint(actor, id)).toMatchObject({ state: 'DISABLED', disabledReason: 'GONE' });
    await graph().tell(envelopeCompleted, { subject: 'env_1', organizationId: actor.organizationId }, completed);
    expect(await deliveries(actor, id)).toHaveLength(1);
  });
});

describe('a new secret', () => {
  test('signs beside the former one for a day, and alone after it', async () => {
    const actor = member();
    const { secret: former, webhookEndpoint: { id } } = await create(actor, receiver.url('/200/rotated'));
    const { secret, webhookEndpoint } = await run<{ secret: string; webhookEndpoint: { previousSecretUntil: Date } }>(actor, ROTATE, { id });
    expect(secret).not.toBe(former);
    expect(webhookEndpoint.previousSecretUntil).not.toBeNull();
    await test_(actor, id);
    await deliveries(actor, id);
    clock.now = () => new Date(monthAgo().getTime() + DAY_MS + 1_000);
    await test_(actor, id);
    await deliveries(actor, id);
    expect((await endpoint(actor, id)).previousSecretUntil).toBeNull();
    clock.now = monthAgo;
    const signatures = receiver.at('/200/rotated').map(({ headers }) => String(headers['webhook-signature']).split(' ').length);
    expect(signatures).toEqual([2, 1]);
  });
});
