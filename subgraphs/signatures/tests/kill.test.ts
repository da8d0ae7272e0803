import { testSecrets } from '@buffrsign/kernel/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { envelopeCompleted } from '../src/events.ts';
import { signatures } from '../src/subgraph.ts';
import { aRecipient, startDesk, type Desk } from './support/desk.ts';
import { steps } from './support/faulty.ts';
import { pdfsig } from './support/pdfsig.ts';

let desk: Desk;
const started = new Set<ChildProcess>();
beforeAll(async () => {
  // Envelopes are signed here; sealing is left to the processes that are killed.
  desk = await startDesk({ definition: { ...signatures, tasks: [], crons: [] } });
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await desk.stop();
});

const databaseUrl = async (): Promise<string> => {
  const [row] = await desk.graph.tools.db.$queryRaw<{ name: string }[]>`select current_database() as name`;
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${row!.name}`;
  return url.toString();
};

/** Starts the subgraph as a process and waits until it says a word. */
const start = async (until: 'ready' | 'stopped', more: NodeJS.ProcessEnv = {}): Promise<ChildProcess> => {
  const env = {
    PATH: process.env['PATH'],
    ...testSecrets,
    SIGNATURES_DATABASE_URL: await databaseUrl(),
    FILES_DIR: join(desk.folder, 'files'),
    TRUST_DIR: join(desk.folder, 'trust'),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...more,
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support', 'sealing-process.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.add(child);
  let said = '';
  for await (const chunk of child.stdout!) {
    said += String(chunk);
    if (said.includes(until)) return child;
  }
  throw new Error(`The process ended before it said “${until}”: ${said}`);
};

const kill = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  started.delete(child);
};

const rows = (envelopeId: string) => desk.graph.tools.db.sealingStep.findMany({ where: { envelopeId }, orderBy: { position: 'asc' } });
const kindAt = { read: 'BASE', layOut: 'BASE', seal: 'SEAL', sign: 'SIGNER', extend: 'LTV', archive: 'ARCHIVE', put: 'BASE' } as const;

describe('a sealing whose process is killed with SIGKILL', () => {
  test.each(steps)('at the step “%s” is finished by the next process, once', { timeout: 60_000 }, async (step) => {
    const envelope = await desk.sent([aRecipient('Hilma'), aRecipient('Paulus')]);
    await desk.allSign(envelope);
    await kill(await start('stopped', { STOP_AT: step }));
    expect(await desk.show(envelope.id)).toMatchObject({ state: 'SIGNED', sealedDocument: null });
    const before = await rows(envelope.id);

    const next = await start('ready');
    const done = await desk.completed(envelope.id);
    await kill(next);
    expect(done.sealing).toMatchObject({ state: 'SEALED', reason: null, signaturesApplied: 2, levelReached: 'B_LTA' });
    const after = await rows(envelope.id);
    expect(after.map(({ kind }) => kind)).toEqual(['BASE', 'SEAL', 'SIGNER', 'SIGNER', 'LTV', 'ARCHIVE']);
    // What was done stays as it was; the step that was under way is done by the second attempt, and every other by its first.
    for (const row of before.filter(({ doneAt }) => doneAt)) expect(after[row.position]).toEqual(row);
    const stoppedAt = before.find(({ doneAt }) => doneAt === null)!.position;
    expect(after.map(({ attempts }) => attempts)).toEqual(after.map(({ position }) => (position === stoppedAt ? 2 : 1)));
    expect(after[stoppedAt]!.kind).toBe(kindAt[step]);
    expect((await desk.graph.said(envelopeCompleted)).filter((fact) => fact.subject === envelope.id)).toHaveLength(1);
    const sealed = await desk.graph.tools.services.files.readAll(desk.member.organizationId, done.sealedDocument!.sha256);
    const report = await pdfsig(sealed, join(desk.folder, 'trust', 'test-root.pem'));
    expect(report.match(/Signature is Valid\./g)).toHaveLength(3);
    expect(report.match(/Certificate is Trusted\./g)).toHaveLength(3);
  });
});
