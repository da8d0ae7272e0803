import { seal } from '@buffrsign/kernel';
import { testSecrets, until } from '@buffrsign/kernel/testing';
import { emailRequested } from '@buffrsign/notifications/events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { retryDelaysSeconds } from '../src/domain/schedule.ts';
import { emailSent } from '../src/events.ts';
import { attemptEmail } from '../src/use-cases/attempt-email.ts';
import { settleAttempt } from '../src/use-cases/settle-attempt.ts';
import { sendText, startEmail, type EmailGraph } from './support/graph.ts';
import { startMailServer, type MailServer } from './support/mail-server.ts';

let server: MailServer;
let graph: EmailGraph;
beforeAll(async () => {
  server = await startMailServer();
  graph = await startEmail({ SMTP_URL: server.url, EMAIL_FROM: 'no-reply@example.na' });
});
afterAll(async () => {
  await graph.stop();
  await server.close();
});
afterEach(() => server.behave({}));

const offers = (id: string) => server.offered.filter(({ messageId }) => messageId?.includes(id)).length;
const factsOf = async (id: string) => (await graph.said(emailSent)).filter(({ subject }) => subject === id).length;

/** A message whose first hand-over hangs until `answer` is called; further ones are answered with `later`. */
const withHangingAttempt = async (later: number | undefined) => {
  const { promise, resolve: answer } = Promise.withResolvers<number | undefined>();
  server.behave({ data: (mail) => (mail.subject === 'Hanging' && server.offered.filter(({ messageId }) => messageId === mail.messageId).length === 1 ? promise : later) });
  const id = await sendText(graph, { text: { subject: 'Hanging', body: 'Text.' } });
  await until('the message to be under way', () => offers(id) === 1);
  return { id, answer };
};

describe('a message that two processes take, one of them for dead', () => {
  test('is sent, and said to be sent once, when both hand-overs are accepted', async () => {
    const { id, answer } = await withHangingAttempt(undefined);
    await attemptEmail(graph.tools, id);
    expect(await graph.reaches(id, 'SENT')).toMatchObject({ attempts: [{ outcome: 'INTERRUPTED' }, { outcome: 'ACCEPTED' }] });
    answer(undefined);
    await graph.idle();
    await graph.reaches(id, 'SENT');
    expect(await factsOf(id)).toBe(1);
  });

  test('stays sent when the one that was alive after all is accepted and the other put off', async () => {
    const { id, answer } = await withHangingAttempt(451);
    await attemptEmail(graph.tools, id);
    await graph.reaches(id, 'PENDING');
    answer(undefined);
    await graph.reaches(id, 'SENT');
    await graph.later(retryDelaysSeconds[0]!);
    await graph.idle();
    expect((await graph.reaches(id, 'SENT')).attempts).toHaveLength(2);
    expect(await factsOf(id)).toBe(1);
  });

  test('is not put off twice when the one that was alive after all fails', async () => {
    const { id, answer } = await withHangingAttempt(undefined);
    await attemptEmail(graph.tools, id);
    answer(451);
    await graph.idle();
    expect(await graph.reaches(id, 'SENT')).toMatchObject({ failure: null, nextAttemptAt: null });
  });
});

describe('a message that waits for its next attempt', () => {
  test('is left alone by a job that comes too early, and keeps its time', async () => {
    server.behave({ data: () => 451 });
    const id = await sendText(graph);
    const waiting = await graph.attempted(id, 1).then(() => graph.reaches(id, 'PENDING'));
    await graph.idle();
    await attemptEmail(graph.tools, id);
    expect(await graph.reaches(id, 'PENDING')).toMatchObject({ tries: 1, nextAttemptAt: waiting.nextAttemptAt });
    server.behave({});
    await graph.later(retryDelaysSeconds[0]!);
    expect((await graph.reaches(id, 'SENT')).attempts).toHaveLength(2);
  });
});

describe('an outcome', () => {
  test('is written down in the end when the database is away at first, without a second hand-over', async () => {
    const { id, answer } = await withHangingAttempt(undefined);
    const attempt = await graph.tools.db.emailAttempt.findFirstOrThrow({ where: { messageId: id } });
    let failures = 0;
    const flaky: typeof graph.tools = {
      ...graph.tools,
      transaction: async (work) => {
        failures += 1;
        if (failures <= 2) throw new Error('The database is away.');
        return graph.tools.transaction(work);
      },
    };
    await settleAttempt(flaky, { messageId: id, attemptId: attempt.id, reply: { outcome: 'ACCEPTED', response: '250' } });
    await graph.reaches(id, 'SENT');
    answer(undefined);
    await graph.idle();
    expect([failures, offers(id), await factsOf(id)]).toEqual([3, 1, 1]);
  });

  test('is put off, with the reason, when a message cannot be made ready: nothing is handed over', async () => {
    const sealedVariables = seal(JSON.stringify({ acceptLink: 'javascript:alert(1)' }), testSecrets.DATA_KEY);
    const variables = { organizationName: 'O', inviterName: 'S', role: 'R', expiresAt: 'Friday' };
    await graph.tell(emailRequested, { subject: 'dlv_bad', organizationId: 'org_1' }, { deliveryId: 'dlv_bad', to: { name: 'N', email: 'n@example.na' }, template: 'member-invited', variables, sealedVariables });
    const { id } = await graph.tools.db.emailMessage.findUniqueOrThrow({ where: { deliveryId: 'dlv_bad' } });
    await graph.attempted(id, 1);
    expect(await graph.reaches(id, 'PENDING')).toMatchObject({ failure: expect.stringContaining('acceptLink of this message is not an http(s) address'), attempts: [{ outcome: 'DEFERRED' }] });
    expect(offers(id)).toBe(0);
  });
});
