import { seal } from '@buffrsign/kernel';
import { aUser, testSecrets, until } from '@buffrsign/kernel/testing';
import { emailRequested } from '@buffrsign/notifications/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailSent } from '../src/events.ts';
import { scopes, startEmail, type EmailGraph } from './support/graph.ts';
import { createMailFolder, type MailFolder } from './support/mail-folder.ts';

const LINK = 'https://sign.example.na/s/very-secret';
const reader = aUser(scopes);
let folder: MailFolder;
let graph: EmailGraph;
beforeAll(async () => {
  folder = await createMailFolder();
  graph = await startEmail({ MAIL_DIR: folder.path });
});
afterAll(async () => {
  await graph.stop();
  await folder.remove();
});

const requestOf = (deliveryId: string) => ({
  deliveryId,
  to: { name: 'Ndapewa Shilongo', email: 'ndapewa@example.na' },
  template: 'signature-requested',
  variables: { senderName: 'Selma', envelopeTitle: 'Lease', message: '', expiresAt: 'Friday' },
  sealedVariables: seal(JSON.stringify({ signingLink: LINK }), testSecrets.DATA_KEY),
});

const tell = (deliveryId: string, changes: object = {}) => graph.tell(emailRequested, { subject: deliveryId, organizationId: reader.organizationId }, { ...requestOf(deliveryId), ...changes });
const messageOf = (deliveryId: string) => graph.tools.db.emailMessage.findUniqueOrThrow({ where: { deliveryId } });

describe('a mail that a delivery asks for', () => {
  test('leaves once, however often the fact comes, and is said to be sent once', async () => {
    const fact = await tell('dlv_once');
    const { id } = await messageOf('dlv_once');
    await graph.reaches(id, 'SENT');
    await graph.tellAgain(fact);
    await tell('dlv_once');
    await graph.idle();
    expect(await graph.tools.db.emailMessage.count({ where: { organizationId: reader.organizationId } })).toBe(1);
    expect(await folder.names()).toEqual([`${id}.eml`]);
    expect(await graph.said(emailSent)).toMatchObject([{ subject: id, data: { deliveryId: 'dlv_once', to: 'ndapewa@example.na' } }]);
  });

  test('shows its secret link in the mailbox and nowhere else', async () => {
    await tell('dlv_secret');
    const { id } = await messageOf('dlv_secret');
    await graph.reaches(id, 'SENT');
    const mail = await folder.read(id);
    expect(mail.text).toContain(LINK);
    expect(mail.html).toContain(`href="${LINK}"`);

    const { data } = await graph.as(reader)<{ emailMessage: { text: string; html: string } }>('query ($id: ID!) { emailMessage(id: $id) { subject text html } }', { id });
    expect(data!.emailMessage.text).toContain('Review and sign:\n‹hidden›');
    expect(JSON.stringify(data)).not.toContain('very-secret');
    const tables = ['EmailMessage', 'EmailAttempt', 'OutboxMessage', 'InboxMessage'];
    for (const table of tables) {
      const rows = await graph.tools.db.$queryRawUnsafe<{ row: string }[]>(`select t::text as row from "${table}" t`);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.map(({ row }) => row).join()).not.toContain('very-secret');
    }
    expect(await messageOf('dlv_secret')).toMatchObject({ sealedLinks: null });
  });

  test('is in the organization’s own words where it has some, and keeps the link', async () => {
    const writer = aUser(scopes);
    const CREATE = 'mutation ($input: CreateEmailTemplateInput!) { createEmailTemplate(input: $input) { __typename } }';
    await graph.as(writer)(CREATE, { input: { name: 'signature-requested', subject: 'Teken asseblief: {{envelopeTitle}}', heading: 'Teken', body: 'Beste {{addressee}}', actionLabel: 'Teken hier' } });
    await graph.tell(emailRequested, { subject: 'dlv_own', organizationId: writer.organizationId }, requestOf('dlv_own'));
    const { id } = await messageOf('dlv_own');
    const message = await graph.reaches(id, 'SENT');
    expect(message).toMatchObject({ templateName: 'signature-requested', templateVersion: 1 });
    const mail = await folder.read(id);
    expect(mail.subject).toBe('Teken asseblief: Lease');
    expect(mail.text).toContain(`Teken hier:\n${LINK}`);
  });

  test('that does not fit its template is kept until it does, and nothing is sent meanwhile', async () => {
    const before = await folder.names();
    const told = graph.tell(emailRequested, { subject: 'dlv_wrong', organizationId: reader.organizationId, id: 'evt_wrong' }, { ...requestOf('dlv_wrong'), variables: { senderName: 'Selma' } });
    told.catch(() => undefined);
    const failed = async () => (await graph.tools.db.$queryRaw<{ last_error: string }[]>`select last_error from graphile_worker.jobs where key = 'fact:evt_wrong' and last_error is not null`)[0];
    const job = await until('the fact to have been refused', failed);
    expect(job.last_error).toContain('The e-mail template signature-requested needs envelopeTitle, message, expiresAt.');
    expect(await folder.names()).toEqual(before);
  });
});
