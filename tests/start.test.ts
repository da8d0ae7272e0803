import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RefusedError, runDemo } from '../scripts/demo/run-demo.ts';
import { startPlatformProcess, type PlatformProcess, type StartFailedError } from '../scripts/platform/platform-process.ts';
import { corpus } from './support/corpus.ts';

const port = 21_000;
// Starting the platform several times over takes longer than one test usually may.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
let directory: string;
let out: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'buffrsign-start-'));
  out = join(directory, 'out');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const start = (at = port) => startPlatformProcess({ directory, port: at });
const refusal = (at = port): Promise<StartFailedError> => start(at).then(() => { throw new Error('It started.'); }, (error: StartFailedError) => error);
const demo = (name: string) => runDemo({ url: `http://localhost:${port}/graphql`, file: join(corpus(), name), mails: join(directory, 'mails'), directory, out, say: (line) => said.push(line) });
const said: string[] = [];
/** A process that has ended and was not yet noticed by its parent does not run. */
const isRunning = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
};
const postgresPid = async (): Promise<number> => Number((await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

/** In the order of a person’s day; each builds on what the one before left. */
describe('npm start', () => {
  let running: PlatformProcess;
  afterAll(() => running.end('SIGTERM'));

  test('says in a sentence that a port is taken, and starts nothing', async () => {
    const other = createServer().listen(port + 5, '127.0.0.1');
    const error = await refusal();
    other.close();
    expect(error.exitCode).toBe(1);
    expect(error.message).toMatch(new RegExp(`^Port ${port + 5} is taken by another program\\.`));
    expect(error.message).not.toContain('    at ');
    expect(existsSync(join(directory, 'postgres'))).toBe(false);
  });

  test('brings up the whole platform on an empty folder', async () => {
    running = await start();
    const response = await fetch(running.graphUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });

  test('refuses to start a second time beside the first', async () => {
    const error = await refusal(port + 100);
    expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(/^BuffrSign already runs here \(process \d+\)/) });
  });

  test.each(['minimal-document.pdf', 'habibi-rotated.pdf', 'pdflatex-forms.pdf'])('carries %s to a signed PDF that pdfsig calls valid, live', async (name) => {
    said.length = 0;
    const { check, signedFile } = await demo(name);
    expect(existsSync(signedFile)).toBe(true);
    expect(check).toMatchObject({ valid: true });
    const live = said.filter((line) => line.startsWith('live')).join('\n');
    for (const kind of ['envelope sent', 'recipient completed', 'sealing progressed', 'envelope completed']) expect(live).toContain(kind);
    expect(live).toContain(name.replace('.pdf', ''));
    expect(said.some((line) => line.startsWith('told'))).toBe(true);
  });

  test('refuses an encrypted PDF at upload with its reason', async () => {
    await expect(demo('libreoffice-writer-password.pdf')).rejects.toThrow(RefusedError);
    await expect(demo('libreoffice-writer-password.pdf')).rejects.toThrow(/password|encrypted/i);
  });

  test('stops everything in order when asked to, and leaves nothing running', async () => {
    const postgres = await postgresPid();
    expect(await running.end('SIGINT')).toBe(0);
    // It takes its file away before it ends.
    await until('Postgres to end', async () => !(await isRunning(postgres)));
    expect(await readdir(directory)).not.toContain('platform.pid');
  });

  test('takes up what a killed platform left, its Postgres included', async () => {
    running = await start();
    const orphan = await postgresPid();
    await running.end('SIGKILL');
    expect(await isRunning(orphan)).toBe(true);
    running = await start();
    await until('the other Postgres to end', async () => !(await isRunning(orphan)));
    const { check } = await demo('minimal-document.pdf');
    expect(check.valid).toBe(true);
    expect(await running.end('SIGTERM')).toBe(0);
  });

  test('says what to do when its data are not whole, and touches nothing', async () => {
    const version = join(directory, 'postgres', 'PG_VERSION');
    await rename(version, `${version}.away`);
    const error = await refusal();
    expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(/not whole[^]*npm start -- --reset/) });
    await rename(`${version}.away`, version);
    const secrets = join(directory, 'secrets.json');
    const kept = await readFile(secrets, 'utf8');
    await writeFile(secrets, '{');
    expect((await refusal()).message).toMatch(/secrets\.json is missing or damaged/);
    await writeFile(secrets, kept);
    running = await start();
    expect(await running.end('SIGTERM')).toBe(0);
  });

  test('begins anew with --reset', async () => {
    await writeFile(join(directory, 'mails', 'old.eml'), 'old');
    running = await startPlatformProcess({ directory, port, args: ['--reset'] });
    expect(existsSync(join(directory, 'mails', 'old.eml'))).toBe(false);
    await running.end('SIGTERM');
  });
});
