import { emailBounced, emailFailed, emailSent } from '@buffrsign/email/events';
import { aStranger, aUser } from '@buffrsign/kernel/testing';
import { recipientSent, envelopeCompleted } from '@buffrsign/signatures/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailRequested } from '../src/events.ts';
import { anEnvelope, join, scopes, startNotifications, type NotificationsGraph } from './support/world.ts';

let graph: NotificationsGraph;
beforeAll(async () => {
  graph = await startNotifications();
});
afterAll(() => graph.stop());

const REQUESTS = /* GraphQL */ `
  query ($r: [_Any!]!) {
    _entities(representations: $r) { ... on Recipient { signatureRequests { channel state address failure settledAt email { id } } } }
  }
`;
interface Requests { _entities: { signatureRequests: { state: string; failure: string | null; email: { id: string } | null }[] }[] }

/** A request to sign, on its way. */
const aRequest = async () => {
  const sender = await join(graph);
  const envelope = anEnvelope(sender);
  await graph.tell(recipientSent, envelope.about, envelope.sent());
  const [mail] = (await graph.said(emailRequested)).filter((fact) => fact.organizationid === sender.organizationId);
  const [recipient] = envelope.recipients;
  const ask = async (actor = sender as ReturnType<typeof aUser>) => graph.as(actor)<Requests>(REQUESTS, { r: [{ __typename: 'Recipient', id: recipient.recipientId }] });
  const about = { subject: 'eml_1', organizationId: sender.organizationId };
  return { sender, envelope, recipient, deliveryId: mail!.data.deliveryId, ask, about, message: { messageId: 'eml_1', deliveryId: mail!.data.deliveryId, to: recipient.email } };
};

describe('a delivery by e-mail', () => {
  test('is pending, then sent with the mail that carried it, also when the fact comes twice', async () => {
    const { ask, about, message, recipient } = await aRequest();
    expect((await ask()).data!._entities[0]!.signatureRequests).toEqual([{ channel: 'EMAIL', state: 'PENDING', address: recipient.email, failure: null, settledAt: null, email: null }]);
    const fact = await graph.tell(emailSent, about, { ...message, sentAt: '2026-05-01T08:00:00.000Z' });
    await graph.tellAgain(fact);
    expect((await ask()).data!._entities[0]!.signatureRequests).toMatchObject([{ state: 'SENT', failure: null, email: { id: 'eml_1' } }]);
  });

  test('that bounced says why, and the sender is told once that the recipient was not reached', async () => {
    const { ask, about, message, sender, envelope } = await aRequest();
    const fact = await graph.tell(emailBounced, about, { ...message, reason: '550 No such mailbox' });
    await graph.tellAgain(fact);
    expect((await ask()).data!._entities[0]!.signatureRequests).toMatchObject([{ state: 'BOUNCED', failure: '550 No such mailbox' }]);
    const { data } = await graph.as(sender)('{ notifications { edges { node { kind priority text envelope { id } } } } }');
    expect(data).toEqual({ notifications: { edges: [{ node: { kind: 'RECIPIENT_UNREACHABLE', priority: 'HIGH', text: expect.stringContaining('Ndapewa Shilongo'), envelope: { id: envelope.envelopeId } } }] } });
    expect((await graph.said(emailRequested)).filter(({ data: mail }) => mail.to.email === sender.email)).toMatchObject([{ data: { template: 'recipient-unreachable', variables: { reason: '550 No such mailbox' } } }]);
  });

  test('that failed is sent when it is retried, and stays sent', async () => {
    const { ask, about, message } = await aRequest();
    const fact = await graph.tell(emailFailed, about, { ...message, reason: 'Nobody there' });
    await graph.tellAgain(fact);
    expect((await ask()).data!._entities[0]!.signatureRequests).toMatchObject([{ state: 'FAILED' }]);
    await graph.tell(emailSent, about, { ...message, sentAt: '2026-05-01T08:00:00.000Z' });
    await graph.tell(emailFailed, about, { ...message, reason: 'Late' });
    expect((await ask()).data!._entities[0]!.signatureRequests).toMatchObject([{ state: 'SENT', failure: null }]);
  });

  test('of another kind of mail that bounced troubles nobody', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
    const mail = (await graph.said(emailRequested)).find(({ data }) => data.to.email === envelope.recipients[0].email)!;
    await graph.tell(emailBounced, { subject: 'eml_2', organizationId: sender.organizationId }, { messageId: 'eml_2', deliveryId: mail.data.deliveryId, to: 'x@example.na', reason: '550' });
    await graph.tell(emailBounced, { subject: 'eml_3', organizationId: sender.organizationId }, { messageId: 'eml_3', deliveryId: null, to: 'x@example.na', reason: '550' });
    expect(await graph.tools.db.notification.count({ where: { organizationId: sender.organizationId, kind: 'RECIPIENT_UNREACHABLE' } })).toBe(0);
  });

  test('is not there for a member of another organization, and refused without the scope', async () => {
    const { ask, sender } = await aRequest();
    expect((await ask(aStranger(scopes))).data!._entities).toEqual([{ signatureRequests: [] }]);
    expect((await ask(aUser(['notifications:read'], sender))).errors).toBeUndefined();
    expect((await ask({ ...sender, scopes: ['notifications:read'] })).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('costs two queries however many recipients are asked for', async () => {
    const requests = await Promise.all([aRequest(), aRequest()]);
    const ask = () => graph.as(requests[0]!.sender)(REQUESTS, { r: requests.map(({ recipient }) => ({ __typename: 'Recipient', id: recipient.recipientId })) });
    await graph.idle();
    expect(await graph.countQueries(ask)).toBe(2);
  });
});

describe('the statistics of deliveries', () => {
  const STATISTICS = 'query ($from: DateTime, $until: DateTime) { notificationDeliveryStatistics(from: $from, until: $until) { channel state count } }';

  test('count by channel and state, in their time, for the organization alone', async () => {
    const { sender, envelope, about, message } = await aRequest();
    await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
    await graph.tell(emailSent, about, { ...message, sentAt: '2026-05-01T08:00:00.000Z' });
    const { data } = await graph.as(sender)(STATISTICS);
    expect(data).toEqual({ notificationDeliveryStatistics: [{ channel: 'IN_APP', state: 'DELIVERED', count: 1 }, { channel: 'EMAIL', state: 'PENDING', count: 3 }, { channel: 'EMAIL', state: 'SENT', count: 1 }] });
    expect((await graph.as(sender)(STATISTICS, { until: '2020-01-01T00:00:00.000Z' })).data).toEqual({ notificationDeliveryStatistics: [] });
    expect((await graph.as(aStranger(scopes))(STATISTICS)).data).toEqual({ notificationDeliveryStatistics: [] });
    expect((await graph.as(aUser([]))(STATISTICS)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });
});
