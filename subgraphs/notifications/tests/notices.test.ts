import { memberInvited, memberChanged, memberJoined, memberLeft, passwordResetRequested, emailVerificationRequested } from '@buffrsign/auth/events';
import { documentRefused } from '@buffrsign/documents/events';
import { open, newId } from '@buffrsign/kernel';
import { testSecrets } from '@buffrsign/kernel/testing';
import { envelopeCompleted, envelopeDeclined, envelopeVoided, recipientCompleted, recipientSent } from '@buffrsign/signatures/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailRequested, notificationCreated } from '../src/events.ts';
import { anEnvelope, join, LINK, sealed, startNotifications, type NotificationsGraph } from './support/world.ts';

let graph: NotificationsGraph;
beforeAll(async () => {
  graph = await startNotifications();
});
afterAll(() => graph.stop());

/** Mails asked for in an organization: template and address. */
const mailsOf = async (organizationId: string) => (await graph.said(emailRequested)).filter((fact) => fact.organizationid === organizationId).map(({ data }) => data);
const mailsTo = async (organizationId: string) => (await mailsOf(organizationId)).map(({ template, to }) => `${template} ${to.email}`).sort();
/** Who has something in their list: kind and user. */
const listsOf = async (organizationId: string) =>
  (await graph.tools.db.notification.findMany({ where: { organizationId, shown: true }, orderBy: { id: 'asc' } })).map(({ kind, userId }) => `${kind} ${userId}`);

describe('a request to sign', () => {
  test('goes to the recipient by e-mail, once, however often the fact comes', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    const fact = await graph.tell(recipientSent, envelope.about, envelope.sent());
    await graph.tellAgain(fact);
    const [mail, ...more] = await mailsOf(sender.organizationId);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      to: { name: 'Ndapewa Shilongo', email: envelope.recipients[0].email },
      template: 'signature-requested',
      variables: { senderName: 'Selma Kandjii', envelopeTitle: 'Lease', message: 'Please by Friday.', expiresAt: '1 June 2026 at 10:00 (Windhoek time)' },
    });
    expect(JSON.parse(open(mail!.sealedVariables!, testSecrets.DATA_KEY))).toEqual({ signingLink: LINK });
    expect(await listsOf(sender.organizationId)).toEqual([]);
  });

  test('never lies readable in the database', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    for (const table of ['Notification', 'Delivery', 'AskedRecipient', 'OutboxMessage', 'InboxMessage']) {
      const rows = await graph.tools.db.$queryRawUnsafe<{ row: string }[]>(`select t::text as row from "${table}" t`);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.map(({ row }) => row).join()).not.toContain('very-secret');
    }
  });

  test('also stands in the list of a recipient who is a member, however their address is written', async () => {
    const sender = await join(graph);
    const colleague = await join(graph, { organizationId: sender.organizationId, name: 'Ndapewa Shilongo' });
    const envelope = anEnvelope(sender);
    await graph.tell(recipientSent, envelope.about, { ...envelope.sent(), email: colleague.email.toUpperCase() });
    expect(await listsOf(sender.organizationId)).toEqual([`SIGNATURE_REQUESTED ${colleague.id}`]);
    expect(await mailsOf(sender.organizationId)).toHaveLength(1);
    expect((await graph.said(notificationCreated)).filter(({ subject }) => subject === colleague.id)).toHaveLength(1);
  });

  test('does not stand in the list of a member of another organization with the same address', async () => {
    const sender = await join(graph);
    const elsewhere = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(recipientSent, envelope.about, { ...envelope.sent(), email: elsewhere.email });
    expect(await listsOf(sender.organizationId)).toEqual([]);
    expect(await listsOf(elsewhere.organizationId)).toEqual([]);
  });

  test('goes anew when the link is sent anew', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    expect(await mailsOf(sender.organizationId)).toHaveLength(2);
  });

  test('goes out even when nothing is known of the sender yet', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope({ ...sender, id: 'usr_unknown' });
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    expect(await mailsOf(sender.organizationId)).toMatchObject([{ variables: { senderName: 'The sender' } }]);
  });
});

describe('a signature', () => {
  const signed = (envelope: ReturnType<typeof anEnvelope>, remaining: number) => ({ ...envelope.data, ...envelope.recipients[0], remaining, completedAt: '2026-05-01T08:00:00.000Z' });

  test('is told to the sender while others have yet to sign', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    const fact = await graph.tell(recipientCompleted, envelope.about, signed(envelope, 1));
    await graph.tellAgain(fact);
    expect(await listsOf(sender.organizationId)).toEqual([`RECIPIENT_COMPLETED ${sender.id}`]);
    expect(await mailsTo(sender.organizationId)).toEqual([`recipient-completed ${sender.email}`]);
  });

  test('is not told when it is the last one: the completion says it better', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(recipientCompleted, envelope.about, signed(envelope, 0));
    expect(await listsOf(sender.organizationId)).toEqual([]);
    expect(await mailsOf(sender.organizationId)).toEqual([]);
  });
});

describe('the completion of an envelope', () => {
  test('is told to the sender and every recipient, each once, however often the fact comes', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    const fact = await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
    await graph.tellAgain(fact);
    expect(await mailsTo(sender.organizationId)).toEqual([sender.email, ...envelope.recipients.map(({ email }) => email)].map((email) => `envelope-completed ${email}`).sort());
    expect(await listsOf(sender.organizationId)).toEqual([`ENVELOPE_COMPLETED ${sender.id}`]);
    expect((await mailsOf(sender.organizationId))[0]!.variables).toMatchObject({ signerNames: 'Ndapewa Shilongo and Tangeni Iipinge' });
  });

  test('is told once to a sender who also signed', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    const completed = envelope.completed();
    await graph.tell(envelopeCompleted, envelope.about, { ...completed, recipients: [{ ...completed.recipients[0]!, email: sender.email.toUpperCase() }] });
    expect(await mailsOf(sender.organizationId)).toHaveLength(1);
    expect(await listsOf(sender.organizationId)).toEqual([`ENVELOPE_COMPLETED ${sender.id}`]);
  });

  test('is not told to a sender who left or is suspended, and stands in the list of one who is not known yet', async () => {
    const left = await join(graph);
    await graph.tell(memberLeft, { subject: left.id, organizationId: left.organizationId }, { userId: left.id });
    expect(await graph.tools.db.memberCopy.findMany({ where: { userId: left.id } })).toMatchObject([{ name: '', email: '', active: false }]);
    const suspended = await join(graph);
    await graph.tell(memberChanged, { subject: suspended.id, organizationId: suspended.organizationId }, { userId: suspended.id, name: 'S', email: suspended.email, role: 'MEMBER', status: 'SUSPENDED' });
    for (const sender of [left, suspended]) {
      const envelope = anEnvelope(sender);
      await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
      expect(await listsOf(sender.organizationId)).toEqual([]);
      expect(await mailsOf(sender.organizationId)).toHaveLength(2);
    }
    const envelope = anEnvelope({ ...left, id: 'usr_new', organizationId: 'org_new' });
    await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
    expect(await listsOf('org_new')).toEqual(['ENVELOPE_COMPLETED usr_new']);
  });
});

describe('an envelope that ends otherwise', () => {
  const voided = (envelope: ReturnType<typeof anEnvelope>, expired: boolean) => ({ ...envelope.data, recipients: [...envelope.recipients], reason: 'Wrong document.', expired, voidedAt: '2026-05-01T08:00:00.000Z' });

  test('because somebody declined is told to the sender, with the reason', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    const [first] = envelope.recipients;
    const fact = await graph.tell(envelopeDeclined, envelope.about, { ...envelope.data, recipients: [...envelope.recipients], declinedBy: first.recipientId, reason: 'Not what we agreed.', declinedAt: '2026-05-01T08:00:00.000Z' });
    await graph.tellAgain(fact);
    expect(await mailsOf(sender.organizationId)).toMatchObject([{ template: 'envelope-declined', to: { email: sender.email }, variables: { recipientName: 'Ndapewa Shilongo', reason: 'Not what we agreed.' } }]);
    expect(await listsOf(sender.organizationId)).toEqual([`ENVELOPE_DECLINED ${sender.id}`]);
  });

  test('because the sender took it back is told to those who were asked, and to nobody else', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    const fact = await graph.tell(envelopeVoided, envelope.about, voided(envelope, false));
    await graph.tellAgain(fact);
    expect(await mailsTo(sender.organizationId)).toEqual([`envelope-voided ${envelope.recipients[0].email}`, `signature-requested ${envelope.recipients[0].email}`]);
    expect(await listsOf(sender.organizationId)).toEqual([]);
  });

  test('because it expired is told, in other words, to the sender too', async () => {
    const sender = await join(graph);
    const envelope = anEnvelope(sender);
    await graph.tell(recipientSent, envelope.about, envelope.sent());
    await graph.tell(envelopeVoided, envelope.about, voided(envelope, true));
    expect((await mailsTo(sender.organizationId)).filter((mail) => !mail.startsWith('signature-requested'))).toEqual([`envelope-expired ${sender.email}`, `envelope-expired ${envelope.recipients[0].email}`].sort());
    expect(await listsOf(sender.organizationId)).toEqual([`ENVELOPE_EXPIRED ${sender.id}`]);
  });
});

describe('what is known of a member', () => {
  test('is the same however often a fact comes, and is erased when they leave', async () => {
    const member = await join(graph);
    const about = { subject: member.id, organizationId: member.organizationId };
    const copies = () => graph.tools.db.memberCopy.findMany({ where: { userId: member.id } });
    const joined = await graph.tell(memberJoined, about, { userId: member.id, name: 'Selma', email: 'Selma@Example.na', role: 'MEMBER' });
    const changed = await graph.tell(memberChanged, about, { userId: member.id, name: 'Selma K.', email: 'selma@example.na', role: 'ADMIN', status: 'ACTIVE' });
    await graph.tellAgain(joined);
    await graph.tellAgain(changed);
    expect(await copies()).toEqual([{ organizationId: member.organizationId, userId: member.id, name: 'Selma K.', email: 'selma@example.na', active: true, saidAt: new Date(changed.time) }]);
    const left = await graph.tell(memberLeft, about, { userId: member.id });
    await graph.tellAgain(left);
    // What was said before and could only be handled now: an attempt had failed.
    await graph.tellAgain({ ...changed, id: newId('evt') });
    expect(await copies()).toEqual([{ organizationId: member.organizationId, userId: member.id, name: '', email: '', active: false, saidAt: new Date(left.time) }]);
  });
});

describe('a file that cannot be used', () => {
  test('is told to whoever uploaded it, once', async () => {
    const member = await join(graph);
    const fact = await graph.tell(documentRefused, { subject: 'doc_1', organizationId: member.organizationId }, { documentId: 'doc_1', title: 'Lease', refusal: 'ENCRYPTED', message: 'The file is encrypted.', uploadedBy: member.id });
    await graph.tellAgain(fact);
    expect(await listsOf(member.organizationId)).toEqual([`DOCUMENT_REFUSED ${member.id}`]);
    expect(await mailsOf(member.organizationId)).toMatchObject([{ template: 'document-refused', variables: { documentTitle: 'Lease', reason: 'The file is encrypted.' } }]);
  });
});

describe('a letter about an account', () => {
  const letter = (user: { id: string; email: string }) => ({ userId: user.id, name: 'Selma', email: user.email, sealedToken: sealed('to/ken'), expiresAt: '2026-06-01T08:00:00.000Z' });
  const linksOf = async (organizationId: string) => JSON.parse(open((await mailsOf(organizationId)).at(-1)!.sealedVariables!, testSecrets.DATA_KEY)) as unknown;

  test('invites by e-mail with the link that accepts, once', async () => {
    const owner = await join(graph);
    const fact = await graph.tell(memberInvited, { subject: 'inv_1', organizationId: owner.organizationId }, { invitationId: 'inv_1', email: 'new@example.na', role: 'Manager', organizationName: 'Kandjii Legal', invitedBy: 'Selma Kandjii', sealedToken: sealed('to/ken'), expiresAt: '2026-06-01T08:00:00.000Z' });
    await graph.tellAgain(fact);
    expect(await mailsOf(owner.organizationId)).toMatchObject([{ template: 'member-invited', to: { email: 'new@example.na' }, variables: { organizationName: 'Kandjii Legal', inviterName: 'Selma Kandjii', role: 'Manager' } }]);
    expect(await linksOf(owner.organizationId)).toEqual({ acceptLink: 'http://localhost:8000/invitations/to%2Fken' });
  });

  test.each([
    ['sets a new password', passwordResetRequested, { passwordResetLink: 'http://localhost:8000/reset-password/to%2Fken' }],
    ['confirms an address', emailVerificationRequested, { emailVerificationLink: 'http://localhost:8000/verify-email/to%2Fken' }],
  ] as const)('%s by e-mail alone, once', async (_what, event, links) => {
    const user = await join(graph);
    const fact = await graph.tell(event, { subject: user.id, organizationId: user.organizationId }, letter(user));
    await graph.tellAgain(fact);
    expect(await mailsOf(user.organizationId)).toHaveLength(1);
    expect(await linksOf(user.organizationId)).toEqual(links);
    expect(await listsOf(user.organizationId)).toEqual([]);
  });
});
