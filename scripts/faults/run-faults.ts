import { openFileStore } from '@buffrsign/files';
import { newId } from '@buffrsign/kernel/platform';
import type { User } from '@buffrsign/kernel/gateway';
import { loadOrCreateTestTrust } from '@buffrsign/pades/test-trust';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { PDFDocument } from 'pdf-lib';
import { freePort } from '../platform/postgres.ts';
import { createClient, type Client } from './client.ts';
import { createDatabase, linkReader, type Database } from './database.ts';
import { carryEnvelope, type Expected, type LinkOf } from './envelopes.ts';
import { injectFaults, type FaultKind } from './injector.ts';
import { judge, type Verdict } from './judge.ts';
import { randomOf } from './random.ts';
import { createSignaturesProcess } from './signatures-process.ts';
import { createStoreDisk } from './store-disk.ts';
import { startTimestampServers } from './timestamp-servers.ts';

/** Envelopes that are signed at the same time; two cores are busy with it. */
const IN_FLIGHT = 6;
/** Envelopes that may wait for their sealing: more would only wait longer, since processes live for seconds here. */
const UNSEALED = 30;
const DISK_MEGABYTES = 2_048;
const SECRET = 'only-for-faults-only-for-faults-only-for-faults';

export interface FaultsVerdict extends Verdict {
  readonly ok: boolean;
  readonly seed: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly seconds: number;
}

/** A lease of two pages; what stands in it does not matter here. */
const aDocument = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.create();
  for (const text of ['Lease', 'Signatures']) document.addPage().drawText(text, { x: 60, y: 740 });
  return document.save();
};

/** What `documents` would tell of a document that is ready, put where the subgraph keeps what it heard. */
const keepDocument = async (database: Database, filesDirectory: string, organizationId: string): Promise<string> => {
  const files = await openFileStore({ kind: 'disk', directory: filesDirectory });
  const pdf = await aDocument();
  const { sha256 } = await files.put(organizationId, Readable.from([pdf]), { maxBytes: pdf.length });
  await files.close();
  const id = newId('doc');
  await database.query(`insert into "DocumentCopy" (id, "organizationId", title, sha256, pages, signed) values ($1, $2, 'Lease', $3, 2, false)`, [id, organizationId, sha256]);
  return id;
};

/** Whether sealing has kept up so far that another envelope should be begun. */
const keepsUp = async (database: Database): Promise<boolean> => {
  const [row] = await database.query<{ unsealed: number }>(`select count(*)::int as unsealed from "Envelope" where state <> 'COMPLETED'`);
  return row!.unsealed < UNSEALED;
};

/** Keeps envelopes in flight until it is told to stop; then waits for the last of them. */
const keepSigning = (client: Client, member: User, documentId: string, linkOf: LinkOf, database: Database, random: () => number) => {
  const expected: Expected[] = [];
  let going = true;
  const lane = async (): Promise<void> => {
    while (going) {
      if (await keepsUp(database)) expected.push(await carryEnvelope(client, member, documentId, linkOf, random));
      else await pause(500);
    }
  };
  const lanes = Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  // Who fails is awaited in the end; until then it is not unhandled.
  lanes.catch(() => undefined);
  return {
    expected,
    async stop() {
      going = false;
      await lanes;
    },
  };
};

/** Runs so many faults over envelopes in flight, and judges what is left when all is well again. */
export const runFaults = async ({ count, seed, say }: { readonly count: number; readonly seed: number; readonly say: (line: string) => void }): Promise<FaultsVerdict> => {
  const began = performance.now();
  const random = randomOf(seed);
  const folder = await mkdtemp(join(tmpdir(), 'buffrsign-faults-'));
  const undo: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  const cleanUp = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const interrupted = (): void => void cleanUp().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    const database = await createDatabase({ directory: join(folder, 'postgres'), port: await freePort(), password: SECRET, durable: true });
    undo.push(database.stop);
    const disk = createStoreDisk(folder, DISK_MEGABYTES);
    undo.push(disk.remove);
    const trust = await loadOrCreateTestTrust(join(folder, 'trust'), { now: new Date() });
    const timestamps = await startTimestampServers(trust);
    undo.push(timestamps.stop);
    const env = {
      SIGNATURES_DATABASE_URL: database.url,
      ACTOR_TOKEN_SECRET: SECRET,
      DATA_KEY: SECRET,
      FILES_DIR: disk.directory,
      TRUST_DIR: join(folder, 'trust'),
      TSA_URLS: timestamps.urls.join(','),
      TSA_ROOTS: join(folder, 'trust', 'test-root.pem'),
      SEALING_RETRY_SECONDS: '1,2,5',
      LOG_LEVEL: 'warn',
      // They start hundreds of times.
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    };
    const processes = await Promise.all([1, 2].map(async (number) => createSignaturesProcess(await freePort(), env, join(folder, `signatures-${number}.log`))));
    undo.push(() => Promise.all(processes.map((process) => process.kill())));
    // One after another: the first one migrates.
    for (const process of processes) await process.ready();
    const organizationId = newId('org');
    const member: User = { kind: 'user', id: newId('usr'), organizationId, scopes: ['envelopes:read', 'envelopes:write'] };
    const documentId = await keepDocument(database, disk.directory, organizationId);

    const client = createClient(processes.map(({ url }) => url), SECRET, random);
    const signing = keepSigning(client, member, documentId, linkReader(database, SECRET), database, random);
    const faults = await injectFaults({ processes, database, timestamps, disk }, count, random, (done) => {
      if (done % 20 === 0 || done === count) say(`  ${done} of ${count} faults, ${signing.expected.length} envelopes signed by all`);
    });
    await signing.stop();
    say('  all is well again; waiting for what is in flight');
    const verdict = await judge({ database, filesDirectory: disk.directory, organizationId, trust: trust.root, expected: signing.expected, now: new Date() });
    const ok = verdict.lost.length + verdict.stuck.length + verdict.sealedTwice.length + verdict.wrong.length === 0;
    if (!ok) await keepLogs(folder, say);
    return report({ ...verdict, ok, seed, faults, seconds: Math.round((performance.now() - began) / 1_000) }, disk.kind, say);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await cleanUp();
  }
};

/** Copies what the processes said to a place that stays. */
const keepLogs = async (folder: string, say: (line: string) => void): Promise<void> => {
  const kept = await mkdtemp(join(tmpdir(), 'buffrsign-faults-logs-'));
  for (const name of ['signatures-1.log', 'signatures-2.log']) await writeFile(join(kept, name), await readFile(join(folder, name)));
  say(`  what the processes said lies in ${kept}`);
};

const report = (verdict: FaultsVerdict, disk: string, say: (line: string) => void): FaultsVerdict => {
  const { faults, envelopes, lost, stuck, sealedTwice, wrong, seconds, seed } = verdict;
  say('');
  for (const [kind, count] of Object.entries(faults)) say(`  ${kind.padEnd(26)}${String(count).padStart(5)}${kind === 'disk full' && count === 0 ? `  (${disk})` : ''}`);
  say('');
  const rows = { lost, stuck, 'sealed twice': sealedTwice, wrong };
  say(`  envelopes of three signers${String(envelopes).padStart(5)}   (seed ${seed}, ${seconds} s)`);
  for (const [name, list] of Object.entries(rows)) {
    say(`  ${name.padEnd(26)}${String(list.length).padStart(5)}`);
    for (const line of list.slice(0, 10)) say(`    ${line}`);
  }
  return verdict;
};
