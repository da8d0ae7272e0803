import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CannotStartError, holderOf } from './platform/data-directory.ts';
import { startEmbedded, STEPS } from './platform/embedded.ts';
import { stopPostgres } from './platform/postgres.ts';
import { createProgress, silentProgress } from './platform/progress.ts';
import { summaryJson, summaryOf } from './platform/summary.ts';

/**
 * `npm start`, by start.js: the whole platform in this process. `-- --reset` begins anew, `--port N` moves it, `--json`
 * is for machines.
 *
 * package.json starts it with a small young generation: most of what starting needs is garbage right after, and would
 * otherwise be held as a quarter of the memory at rest.
 */
const { values } = parseArgs({ options: { reset: { type: 'boolean' }, port: { type: 'string', default: '8000' }, json: { type: 'boolean' } } });
const directory = resolve(process.env['DATA_DIR'] ?? '.data');

const fail = (error: unknown): never => {
  const known = error instanceof CannotStartError || (error instanceof Error && ['PortTakenError', 'EnvironmentError', 'SupergraphError'].includes(error.name));
  process.stderr.write(`\n${known ? (error as Error).message : `BuffrSign cannot start: ${error instanceof Error ? error.message : String(error)}\nThe log says more: ${directory}/platform.log`}\n`);
  if (!known && process.env['DEBUG']) console.error(error);
  process.exit(1);
};

const reset = async (): Promise<void> => {
  const holder = await holderOf(directory);
  if (holder) throw new CannotStartError(`BuffrSign runs here (process ${holder}); stop it with ctrl-C before you reset it.`);
  await stopPostgres(`${directory}/postgres`);
  await rm(directory, { recursive: true, force: true });
};

/** Listened for from the first moment to the last: a handler that is changed in between can lose the signal. */
const stopAsked = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
});

/** How much is seen of what goes on; all other settings the platform makes up. */
const forSeeing = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(LOG_LEVEL|SERVICE_VERSION|METRICS_(HOST|PORT)|OTEL_\w+)$/.test(name)));

const port = Number(values.port);
try {
  if (!Number.isInteger(port) || port < 1 || port > 65_000) throw new CannotStartError(`--port takes a number from 1 to 65000, not ${values.port}.`);
  if (values.reset) await reset();
  const starting = startEmbedded({ directory, port, env: forSeeing, progress: values.json ? silentProgress : createProgress(STEPS) });
  const running = await Promise.race([starting, stopAsked.then(() => undefined)]);
  if (!running) {
    // Asked to stop while starting: what was begun is undone first.
    await starting.then((late) => late.stop());
    throw new CannotStartError('Stopped while starting.');
  }
  const seconds = process.uptime();
  process.stdout.write(`${values.json ? summaryJson(running, seconds) : summaryOf(running, seconds)}\n`);

  await stopAsked;
  if (!values.json) process.stdout.write('\n  Stopping… ');
  await running.stop();
  if (!values.json) process.stdout.write('stopped.\n');
  process.exit(0);
} catch (error) {
  fail(error);
}
