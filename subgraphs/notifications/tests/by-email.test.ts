import { memberInvited, emailVerificationRequested, passwordResetRequested } from '@buffrsign/auth/events';
import { documentRefused } from '@buffrsign/documents/events';
import { emailBounced, emailSent } from '@buffrsign/email/events';
import { email } from '@buffrsign/email/subgraph';
import { startTestSubgraph, until } from '@buffrsign/kernel/testing';
import { envelopeCompleted, envelopeDeclined, envelopeVoided, recipientCompleted, recipientSent } from '@buffrsign/signatures/events';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailRequested } from '../src/events.ts';
import { anEnvelope, join, LINK, sealed, startNotifications, type NotificationsGraph } from './support/world.ts';

// Both subgraphs and a real mail server; the test carries the facts between them, as the bus does.
const mails: ParsedMail[] = [];
const unknown = new Set<string>();
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo: ({ address }, _session, done) => done(unknown.has(address) ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : null),
  onData: (stream, _session, done) =>
    void simpleParser(stream).then((mail) => {
      mails.push(mail);
      done();
    }),
});
const startEmail = (env: Record<string, string>) => startTestSubgraph(email, { env });
let mailer: Awaited<ReturnType<typeof startEmail>>;
let graph: NotificationsGraph;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mailer = await startEmail({ SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, EMAIL_FROM: 'no-reply@example.na' });
  graph = await startNotifications();
});
afterAll(async () => {
  await Promise.all([mailer.stop(), graph.stop()]);
  await new Promise<void>((resolve) => server.close(resolve));
});

/** Carries what an organization's notices ask for to the mailer, and its answers back; gives the mails that went out. */
const deliver = async (organizationId: string) => {
  const requests = (await graph.said(emailRequested)).filter((fact) => fact.organizationid === organizationId);
  for (const { id, subject, data } of requests) await mailer.tell(emailRequested, { id, subject, organizationId }, data);
  const settled = async () => [...(await mailer.said(emailSent)), ...(await mailer.said(emailBounced))].filter((fact) => fact.organizationid === organizationId);
  const answers = await until('every mail to be settled', async () => {
    const facts = await settled();
    return facts.length === requests.length && facts;
  });
  for (const fact of answers) await graph.tell(fact.type === emailSent.name ? emailSent : emailBounced, { id: fact.id, subject: fact.subject, organizationId }, fact.data as never);
  return requests.map(({ data }) => ({ template: data.template, to: data.to.email, mail: mails.find((mail) => answers.some((answer) => answer.data.deliveryId === data.deliveryId && mail.messageId?.includes(answer.subject))) }));
};

describe('what people are told by e-mail', () => {
  test('arrives in every mailbox once, and the deliveries say so', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    const [first] = envelope.recipients;
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    await graph.tell(recipientCompleted, envelope.about, { ...envelope.data, ...first, remaining: 1, completedAt: '2026-05-01T08:00:00.000Z' });
    await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
    const delivered = await deliver(sender.organizationId);
    expect(delivered.map(({ template, to }) => `${template} ${to}`).sort()).toEqual(
      [`signature-requested ${first.email}`, `recipient-completed ${sender.email}`, `envelope-completed ${sender.email}`, ...envelope.recipients.map(({ email: to }) => `envelope-completed ${to}`)].sort(),
    );
    const request = delivered.find(({ template }) => template === 'signature-requested')!;
    expect(request.mail!.text).toContain(`Review and sign:\n${LINK}`);
    expect(delivered.filter(({ template, mail }) => template !== 'signature-requested' && mail!.text!.includes(LINK))).toEqual([]);
    expect(await graph.tools.db.delivery.groupBy({ by: ['channel', 'state'], where: { organizationId: sender.organizationId }, _count: true, orderBy: { channel: 'asc' } })).toEqual([
      { channel: 'IN_APP', state: 'DELIVERED', _count: 2 },
      { channel: 'EMAIL', state: 'SENT', _count: 5 },
    ]);
  });

  test('fits its template, whatever the notice', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    const { organizationId } = sender;
    const people = [...envelope.recipients];
    const at = '2026-05-01T08:00:00.000Z';
    const letter = { userId: sender.id, name: sender.name, email: sender.email, sealedToken: sealed('token'), expiresAt: at };
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    await graph.tell(envelopeDeclined, envelope.about, { ...envelope.data, recipients: people, declinedBy: people[0]!.recipientId, reason: 'No.', declinedAt: at });
    await graph.tell(envelopeVoided, envelope.about, { ...envelope.data, recipients: people, reason: 'Wrong.', expired: false, voidedAt: at });
    await graph.tell(envelopeVoided, envelope.about, { ...envelope.data, recipients: people, reason: 'Over.', expired: true, voidedAt: at });
    await graph.tell(documentRefused, { subject: 'doc_1', organizationId }, { documentId: 'doc_1', title: 'Lease', refusal: 'ENCRYPTED', message: 'Encrypted.', uploadedBy: sender.id });
    await graph.tell(memberInvited, { subject: 'inv_1', organizationId }, { invitationId: 'inv_1', email: 'new@example.na', role: 'Manager', organizationName: 'O', invitedBy: 'S', sealedToken: sealed('token'), expiresAt: at });
    await graph.tell(passwordResetRequested, { subject: sender.id, organizationId }, letter);
    await graph.tell(emailVerificationRequested, { subject: sender.id, organizationId }, letter);
    const delivered = await deliver(organizationId);
    expect(delivered.every(({ mail }) => mail !== undefined)).toBe(true);
    expect(new Set(delivered.map(({ template }) => template))).toEqual(
      new Set(['signature-requested', 'envelope-declined', 'envelope-voided', 'envelope-expired', 'document-refused', 'member-invited', 'password-reset-requested', 'email-verification-requested']),
    );
  });

  test('comes back to the sender when a recipient’s mailbox does not exist', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    const [recipient] = envelope.recipients;
    unknown.add(recipient.email);
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    await deliver(sender.organizationId);
    const { data } = await graph.as(sender)('{ notifications { edges { node { kind text } } } }');
    expect(data).toEqual({ notifications: { edges: [{ node: { kind: 'RECIPIENT_UNREACHABLE', text: `The request to sign “Lease” could not be delivered to Ndapewa Shilongo at ${recipient.email}.` } }] } });
  });
});
