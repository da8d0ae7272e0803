import { aUser } from '@buffrsign/kernel/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { retryDelaysSeconds } from '../src/domain/schedule.ts';
import { emailBounced, emailFailed, emailSent } from '../src/events.ts';
import { scopes, sendText, startEmail, type EmailGraph } from './support/graph.ts';
import { closedPort, startMailServer, type MailServer } from './support/mail-server.ts';

const EMAIL_FROM = 'BuffrSign <no-reply@mail.example.na>';
let server: MailServer;
let graph: EmailGraph;
beforeAll(async () => {
  server = await startMailServer();
  graph = await startEmail({ SMTP_URL: server.url, EMAIL_FROM });
});
afterAll(async () => {
  await graph.stop();
  await server.close();
});
afterEach(() => server.behave({}));

const factOf = async (event: typeof emailSent | typeof emailBounced | typeof emailFailed, id: string) => (await graph.said(event)).filter((fact) => fact.subject === id);

describe('a message that the mail server takes', () => {
  test('arrives as text and HTML, from us, under its own id, and is said to be sent once', async () => {
    const id = await sendText(graph, { toName: 'Ndapewa “N” Shilongo' });
    const message = await graph.reaches(id, 'SENT');
    const mail = server.mails.find(({ messageId }) => messageId === `<${id}@mail.example.na>`)!;
    expect(mail).toMatchObject({ subject: 'Hello', from: { value: [{ address: 'no-reply@mail.example.na', name: 'BuffrSign' }] }, to: { value: [{ address: 'ndapewa@example.na', name: 'Ndapewa “N” Shilongo' }] } });
    expect(mail.text).toContain('First.\n\nSecond.');
    expect(mail.html).toContain('<p style="margin:0 0 16px">First.</p>');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(message).toMatchObject({ tries: 1, failure: null, attempts: [{ number: 1, outcome: 'ACCEPTED' }] });
    expect(await factOf(emailSent, id)).toMatchObject([{ data: { messageId: id, deliveryId: null, to: 'ndapewa@example.na' } }]);
  });
});

describe('a message that the mail server puts off', () => {
  test('is tried again after a while under the same Message-ID, and then sent', async () => {
    server.behave({ data: () => 451 });
    const id = await sendText(graph);
    await graph.attempted(id, 1);
    expect(await graph.reaches(id, 'PENDING')).toMatchObject({ tries: 1, failure: expect.stringContaining('4.2.0 Come back later'), attempts: [{ outcome: 'DEFERRED' }] });
    server.behave({});
    await graph.later(retryDelaysSeconds[0]!);
    expect((await graph.reaches(id, 'SENT')).attempts.map(({ outcome }) => outcome)).toEqual(['DEFERRED', 'ACCEPTED']);
    const offered = server.offered.filter(({ messageId }) => messageId?.includes(id));
    expect(offered).toHaveLength(2);
    expect(offered[0]).toEqual(offered[1]);
  });

  test('is given up when no attempt is left, and can then be retried by a member', async () => {
    const owner = aUser(scopes);
    server.behave({ recipient: () => 450 });
    const id = await sendText(graph, {}, owner);
    for (const [index, seconds] of retryDelaysSeconds.entries()) {
      await graph.attempted(id, index + 1);
      await graph.later(seconds);
    }
    const failed = await graph.reaches(id, 'FAILED');
    expect(failed.attempts).toHaveLength(retryDelaysSeconds.length + 1);
    expect(failed.failedAt).toBeInstanceOf(Date);
    expect(await factOf(emailFailed, id)).toHaveLength(1);

    server.behave({});
    const RETRY = 'mutation ($id: ID!, $key: String!) { retryEmail(input: { id: $id, idempotencyKey: $key }) { __typename ... on RetryEmailSuccess { email { id } } ... on EmailNotRetryableError { state } } }';
    expect(await graph.as(owner)(RETRY, { id, key: 'again' })).toEqual({ data: { retryEmail: { __typename: 'RetryEmailSuccess', email: { id } } } });
    await graph.reaches(id, 'SENT');
    expect(await graph.as(owner)(RETRY, { id, key: 'again' })).toMatchObject({ data: { retryEmail: { __typename: 'RetryEmailSuccess' } } });
    expect(await graph.as(owner)(RETRY, { id, key: 'another' })).toEqual({ data: { retryEmail: { __typename: 'EmailNotRetryableError', state: 'SENT' } } });
    expect(await factOf(emailSent, id)).toHaveLength(1);
  });
});

describe('a message that the mail server refuses for good', () => {
  test.each([
    ['the mailbox', { recipient: () => 550 }],
    ['the message', { data: () => 554 }],
  ])('bounces at once when it refuses %s', async (_what, behaviour) => {
    server.behave(behaviour);
    const id = await sendText(graph);
    expect(await graph.reaches(id, 'BOUNCED')).toMatchObject({ failure: expect.stringContaining('5.1.1'), nextAttemptAt: null, attempts: [{ outcome: 'REFUSED' }] });
    expect(await factOf(emailBounced, id)).toMatchObject([{ data: { reason: expect.stringContaining('5.1.1 No such mailbox') } }]);
  });
});

describe('a mail server that falls silent after the message', () => {
  test('leaves the outcome open, and the message is offered again as the same mail', async () => {
    const impatient = await startEmail({ SMTP_URL: server.url, EMAIL_FROM, SMTP_TIMEOUT_SECONDS: '3' });
    server.behave({ data: () => 'silence' });
    const id = await sendText(impatient);
    await impatient.attempted(id, 1);
    expect(await impatient.reaches(id, 'PENDING')).toMatchObject({ attempts: [{ outcome: 'INTERRUPTED' }] });
    server.behave({});
    await impatient.later(retryDelaysSeconds[0]!);
    await impatient.reaches(id, 'SENT');
    const offered = server.offered.filter(({ messageId }) => messageId === `<${id}@mail.example.na>`);
    expect(offered).toHaveLength(2);
    expect(offered[0]).toEqual(offered[1]);
    await impatient.stop();
  });
});

describe('without a way to the mail server', () => {
  test('a message waits when nobody is there', async () => {
    const away = await startEmail({ SMTP_URL: `smtp://127.0.0.1:${await closedPort()}`, EMAIL_FROM });
    const id = await sendText(away);
    await away.attempted(id, 1);
    expect(await away.reaches(id, 'PENDING')).toMatchObject({ tries: 1, attempts: [{ outcome: 'UNREACHABLE' }] });
    await away.stop();
  });

  test('a message waits, and does not bounce, when our password is wrong', async () => {
    const guarded = await startMailServer({ password: 'right' });
    const wrong = await startEmail({ SMTP_URL: guarded.url.replace('//', '//mailer:wrong@'), EMAIL_FROM });
    const id = await sendText(wrong);
    await wrong.attempted(id, 1);
    expect(await wrong.reaches(id, 'PENDING')).toMatchObject({ failure: expect.stringContaining('535'), attempts: [{ outcome: 'DEFERRED' }] });
    await wrong.stop();
    await guarded.close();
  });

  test('the subgraph does not start when it is not told from whom mails are', async () => {
    await expect(startEmail({ SMTP_URL: 'smtp://127.0.0.1:25' })).rejects.toThrow('EMAIL_FROM: is not set');
  });
});
