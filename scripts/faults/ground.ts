import { openFileStore } from '@buffrsign/files';
import type { User } from '@buffrsign/kernel/gateway';
import { newId } from '@buffrsign/kernel/platform';
import { loadOrCreateTestTrust, type TestTrust } from '@buffrsign/pades/test-trust';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PDFDocument } from 'pdf-lib';
import { freePort } from '../platform/postgres.ts';
import { createDatabase, type Database } from './database.ts';
import { createKillableProcess, type KillableProcess } from './killable-process.ts';
import { createStoreDisk, type StoreDisk } from './store-disk.ts';
import { startTimestampServers, type TimestampServers } from './timestamp-servers.ts';

const DISK_MEGABYTES = 2_048;
export const SECRET = 'only-for-faults-only-for-faults-only-for-faults';

/** A folder for one run, and what has to be undone at its end, also when it is interrupted. */
export interface Workplace {
  readonly folder: string;
  undo(step: () => unknown): void;
  cleanUp(): Promise<void>;
}

export const createWorkplace = async (): Promise<Workplace> => {
  const folder = await mkdtemp(join(tmpdir(), 'buffrsign-faults-'));
  const steps: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  const interrupted = (): void => void cleanUp().finally(() => process.exit(130));
  const cleanUp = async (): Promise<void> => {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    for (const step of steps.splice(0).reverse()) await step();
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  return { folder, undo: (step) => void steps.push(step), cleanUp };
};

/** Copies what the processes said to a place that stays. */
export const keepLogs = async (folder: string, logs: readonly string[], say: (line: string) => void): Promise<void> => {
  const kept = await mkdtemp(join(tmpdir(), 'buffrsign-faults-logs-'));
  for (const name of logs) await writeFile(join(kept, name), await readFile(join(folder, name)));
  say(`  what the processes said lies in ${kept}`);
};

/** What envelopes are signed on: a real Postgres, files, timestamp authorities, and two processes of the subgraph. */
export interface Ground {
  readonly database: Database;
  readonly disk: StoreDisk;
  readonly trust: TestTrust;
  readonly timestamps: TimestampServers;
  readonly processes: readonly KillableProcess[];
  readonly logs: readonly string[];
  readonly organizationId: string;
  readonly member: User;
  readonly documentId: string;
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

/** `env`: settings of the subgraph beside those that signing needs. */
export const layGround = async ({ folder, undo }: Workplace, env: Readonly<Record<string, string>> = {}): Promise<Ground> => {
  const database = await createDatabase({ directory: join(folder, 'postgres'), port: await freePort(), password: SECRET, durable: true });
  undo(database.stop);
  const disk = createStoreDisk(folder, DISK_MEGABYTES);
  undo(disk.remove);
  const trust = await loadOrCreateTestTrust(join(folder, 'trust'), { now: new Date() });
  const timestamps = await startTimestampServers(trust);
  undo(timestamps.stop);
  const settings = {
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
    ...env,
  };
  const logs = ['signatures-1.log', 'signatures-2.log'];
  const processes = await Promise.all(logs.map(async (log) => createKillableProcess('subgraphs/signatures/src/main.ts', await freePort(), settings, join(folder, log))));
  undo(() => Promise.all(processes.map((process) => process.kill())));
  // One after another: the first one migrates.
  for (const process of processes) await process.ready();
  const organizationId = newId('org');
  const member: User = { kind: 'user', id: newId('usr'), organizationId, scopes: ['envelopes:read', 'envelopes:write'] };
  return { database, disk, trust, timestamps, processes, logs, organizationId, member, documentId: await keepDocument(database, disk.directory, organizationId) };
};
