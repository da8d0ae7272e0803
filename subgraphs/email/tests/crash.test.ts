import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { newId } from '@buffrsign/kernel';
import { createLogger, createMemoryBus, createSubgraph, readKernelEnv, systemClock } from '@buffrsign/kernel/platform';
import { createTestDatabase, testSecrets, until } from '@buffrsign/kernel/testing';
import { afterEach, describe, expect, inject, test } from 'vitest';
import type { Tools } from '../src/context.ts';
import { email } from '../src/subgraph.ts';
import { queueEmail } from '../src/use-cases/queue-email.ts';
import { createMailFolder } from './support/mail-folder.ts';
import { startMailServer } from './support/mail-server.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const migrations = fileURLToPath(new URL('../../../prisma', import.meta.url));
const MESSAGES = 24;
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A queue full of messages in a database of its own, and nobody to send them. */
const fillQueue = async (): Promise<{ env: Record<string, string>; tools: Tools; ids: string[] }> => {
  const database = await createTestDatabase(inject('postgresUrl'), 'email', `${migrations}/email/migrations`);
  const source = { ...testSecrets, EMAIL_DATABASE_URL: database.url, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' };
  const log = createLogger('email', 'silent');
  const assembled = await createSubgraph(email, { env: readKernelEnv('email', 0, source), source, bus: createMemoryBus(), now: systemClock, log, migrations });
  undo.push(() => database.drop(), () => assembled.pool.end());
  const tools = assembled.tools as unknown as Tools;
  const ids = await tools.transaction(async (tx) => {
    const queued: string[] = [];
    for (let number = 1; number <= MESSAGES; number += 1) {
      const content = { subject: `Message ${number}`, heading: 'Hello', paragraphs: ['Text.'], action: null };
      const message = await queueEmail(tx, { organizationId: newId('org'), deliveryId: `dlv_${number}`, to: { name: 'N', email: `n${number}@example.na` }, content });
      queued.push(message!.id);
    }
    return queued;
  });
  return { env: source, tools, ids };
};

const start = (env: Record<string, string>): ChildProcess => spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'ignore', 'inherit'] });

const kill = async (child: ChildProcess): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** Sends the queue by processes that are killed, each at some moment after it has begun to send. Gives how many were. */
const sendThroughKills = async (env: Record<string, string>, tools: Tools): Promise<number> => {
  const sent = () => tools.db.emailMessage.count({ where: { state: 'SENT' } });
  for (let kills = 0; ; kills += 1) {
    const before = await sent();
    const child = start(env);
    undo.push(async () => child.exitCode === null && child.signalCode === null && kill(child));
    await until('some more messages to be sent', async () => (await sent()) > before, 40_000);
    if (before > MESSAGES / 2) {
      await until('all messages to be sent', async () => (await sent()) === MESSAGES, 60_000);
      await kill(child);
      return kills;
    }
    // Some moment: in the middle of a hand-over, before it, after it.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    await kill(child);
  }
};

describe('a sender that is killed at any moment', () => {
  test('leaves one whole file for every message, and says once that it was sent', { timeout: 180_000 }, async () => {
    const folder = await createMailFolder();
    undo.push(folder.remove);
    const { env, tools, ids } = await fillQueue();
    expect(await sendThroughKills({ ...env, MAIL_DIR: folder.path }, tools)).toBeGreaterThan(0);
    expect((await folder.names()).filter((name) => !name.startsWith('.'))).toEqual(ids.map((id) => `${id}.eml`).sort());
    for (const id of ids) expect((await folder.read(id)).text).toContain('Text.');
    const facts = await tools.db.outboxMessage.groupBy({ by: ['subject'], where: { type: 'email.message-sent.v1' }, _count: true });
    expect(facts.map(({ subject, _count }) => [subject, _count])).toEqual(expect.arrayContaining(ids.map((id) => [id, 1])));
    expect(facts).toHaveLength(MESSAGES);
  });

  test('loses no message on the way to a mail server, and repeats none but those whose hand-over was cut off', { timeout: 180_000 }, async () => {
    const server = await startMailServer();
    undo.push(server.close);
    const { env, tools, ids } = await fillQueue();
    await sendThroughKills({ ...env, SMTP_URL: server.url, EMAIL_FROM: 'no-reply@example.na' }, tools);
    const interrupted = await tools.db.emailAttempt.findMany({ where: { outcome: 'INTERRUPTED' } });
    const cutOff = new Set(interrupted.map(({ messageId }) => messageId));
    for (const id of ids) {
      const copies = server.mails.filter(({ messageId }) => messageId === `<${id}@example.na>`);
      expect(copies.length).toBeGreaterThanOrEqual(1);
      if (!cutOff.has(id)) expect(copies).toHaveLength(1);
    }
  });
});
