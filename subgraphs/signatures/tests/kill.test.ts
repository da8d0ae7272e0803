import { testSecrets } from '@buffrsign/kernel/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { envelopeCompleted } from '../src/events.ts';
import { signatures } from '../src/subgraph.ts';
import { startDesk, type Desk } from './support/desk.ts';
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

describe('a sealing whose process is killed with SIGKILL', () => {
  test.each(steps)('at the step “%s” is finished by the next process, once', { timeout: 60_000 }, async (step) => {
    const envelope = await desk.sent();
    await desk.allSign(envelope);
    await kill(await start('stopped', { STOP_AT: step }));
    expect(await desk.show(envelope.id)).toMatchObject({ state: 'SIGNED', sealedDocument: null });

    const next = await start('ready');
    const done = await desk.completed(envelope.id);
    await kill(next);
    expect(done.sealing).toEqual({ state: 'SEALED', reason: null, attempts: 2 });
    expect((await desk.graph.said(envelopeCompleted)).filter((fact) => fact.subject === envelope.id)).toHaveLength(1);
    const sealed = await desk.graph.tools.services.files.readAll(desk.member.organizationId, done.sealedDocument!.sha256);
    expect(await pdfsig(sealed, join(desk.folder, 'trust', 'test-root.pem'))).toContain('Signature is Valid');
  });
});
