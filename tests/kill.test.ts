import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPlatformProcess, type PlatformProcess } from '../scripts/platform/platform-process.ts';
import { corpus } from './support/corpus.ts';
import { createJourney, type Journey, type SentEnvelope } from './support/journey.ts';
import { databaseUrl } from './support/databases.ts';
import { until } from '@buffrsign/kernel/testing';

/** `npm run faults` kills hundreds of times; here the whole platform is killed, which takes its time to be back. */
const KILLS = 6;
/** The whole way from the last signature to the last mail takes about this long; kills fall anywhere in it. */
const SPAN_MS = 1_200;
const port = 22_000;

describe('killed at any moment between the last signature and the sealed file', () => {
  let directory: string;
  let platform: PlatformProcess;
  let journey: Journey;
  const sent: SentEnvelope[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'buffrsign-kill-'));
    platform = await startPlatformProcess({ directory, port });
    journey = await createJourney({ url: platform.graphUrl, directory, file: join(corpus(), 'minimal-document.pdf') });
  });
  afterAll(async () => {
    await platform.end('SIGTERM');
    await rm(directory, { recursive: true, force: true });
  });

  test(`${KILLS} times, every envelope ends completed, sealed once, with one mail of completion to each`, { timeout: 600_000 }, async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const envelope = await journey.send();
      sent.push(envelope);
      await journey.signAllButLast(envelope);
      // Not awaited: the kill may also fall while the last signature is being taken.
      const signing = journey.signLast(envelope).catch(() => undefined);
      await pause(Math.random() * SPAN_MS);
      await platform.end('SIGKILL');
      await signing;
      platform = await startPlatformProcess({ directory, port });
      await journey.signInAgain();
      // A signature whose answer was lost is sent again with the same key, as a client does.
      await journey.signLast(envelope);
    }

    for (const envelope of sent) await until(`envelope ${envelope.id} to be completed`, async () => (await journey.stateOf(envelope.id)) === 'COMPLETED', 60_000);
    await until('every mail of completion to be sent', async () => (await Promise.all(sent.map((envelope) => journey.completionMails(envelope)))).every((mails) => mails.every((count) => count === 1)), 60_000);

    const documents = new pg.Client({ connectionString: await databaseUrl(directory, 'documents') });
    await documents.connect();
    const { rows } = await documents.query<{ envelopeId: string; count: number }>(`select "envelopeId", count(*)::int as count from "DocumentVersion" where kind = 'SEALED' group by 1`);
    await documents.end();
    expect(new Map(rows.map((row) => [row.envelopeId, row.count]))).toEqual(new Map(sent.map(({ id }) => [id, 1])));
    for (const envelope of sent) expect(await journey.completionMails(envelope)).toEqual([1, 1]);
  });
});
