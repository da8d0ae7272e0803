import { openFileStore } from '@buffrsign/files';
import { createTestDatabase, testSecrets, until } from '@buffrsign/kernel/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { corpusPdf } from './support/corpus.ts';

const FIRST = '20261123143745_init';
const migrations = join(import.meta.dirname, '..', '..', '..', 'prisma', 'signatures', 'migrations');

/** Rows as the version before wrote them: an envelope in some state, its two recipients, what they filled in. */
const write = async (client: pg.Client, id: string, state: string, sha256: string, signed: readonly boolean[]): Promise<void> => {
  await client.query(
    `insert into "Envelope" (id, "organizationId", "senderId", "documentId", title, "expiresInDays", state, "createdAt", "updatedAt", "documentSha256", "consentText", "sentAt", "expiresAt")
     values ($1, 'org_1', 'usr_1', 'doc_1', 'Lease', 90, $2, now(), now(), $3, 'I agree.', now(), now() + interval '90 days')`,
    [id, state, sha256],
  );
  for (const [index, done] of signed.entries()) {
    const [recipient, field] = [`rcp_${id}_${index}`, `fld_${id}_${index}`];
    await client.query(
      `insert into "Recipient" (id, "organizationId", "envelopeId", name, email, "routingOrder", state, "deliveredAt", "completedAt", "consentedAt", "consentTextSha256")
       values ($1, 'org_1', $2, $3, $4, $5, $6::"RecipientState", now(), $7, $7, 'aa')`,
      [recipient, id, `Signer ${index}`, `s${index}@example.na`, index + 1, done ? 'COMPLETED' : 'DELIVERED', done ? new Date(Date.now() - 60_000 + index) : null],
    );
    await client.query(`insert into "Field" values ($1, 'org_1', $2, $3, 'SIGNATURE', 1, 0.1, $4, 0.3, 0.05, true, null)`, [field, id, recipient, 0.2 + index * 0.2]);
    if (done) await client.query(`insert into "FieldValue" ("fieldId", "organizationId", "envelopeId", text, "filledAt") values ($1, 'org_1', $2, 'Somebody', now())`, [field, id]);
  }
};
const writeSealing = (client: pg.Client, id: string, state: string, sealedSha256: string | null) =>
  client.query(`insert into "Sealing" ("envelopeId", "organizationId", state, attempts, claim, "queuedAt", "changedAt", sha256) values ($1, 'org_1', $2, 3, 'seal_x', now(), now(), $3)`, [id, state, sealedSha256]);

test('envelopes that were in flight in the version before are taken over and finished, and what was sealed stays', { timeout: 240_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'buffrsign-takeover-'));
  await cp(join(migrations, FIRST), join(folder, 'migrations', FIRST), { recursive: true });
  const database = await createTestDatabase(inject('postgresUrl'), 'signatures', join(folder, 'migrations'));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const files = await openFileStore({ kind: 'disk', directory: join(folder, 'files') });
  const { sha256 } = await files.put('org_1', Readable.from([await corpusPdf('minimal-document.pdf')]), { maxBytes: 1_000_000 });
  for (const state of ['QUEUED', 'STAMPING', 'SIGNING', 'WAITING']) {
    await write(client, `env_${state}`, 'SIGNED', sha256, [true, true]);
    await writeSealing(client, `env_${state}`, state, null);
  }
  await write(client, 'env_done', 'COMPLETED', sha256, [true, true]);
  await writeSealing(client, 'env_done', 'SEALED', 'bb');
  await write(client, 'env_open', 'DELIVERED', sha256, [true, false]);

  const env = { PATH: process.env['PATH'], ...testSecrets, SIGNATURES_DATABASE_URL: database.url, FILES_DIR: join(folder, 'files'), TRUST_DIR: join(folder, 'trust'), HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support', 'sealing-process.ts')], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = once(child, 'exit');
  try {
    const count = async (sql: string): Promise<number> => Number((await client.query<{ count: string }>(sql).catch(() => ({ rows: [{ count: '0' }] }))).rows[0]!.count);
    // No job of theirs is left: the sweep finds them, once a minute.
    await until('all four to be completed', async () => (await count(`select count(*) from "Envelope" where state = 'COMPLETED'`)) === 5, 200_000);
    await until('the signature of the open one to be appended', async () => (await count(`select count(*) from "SealingStep" where "envelopeId" = 'env_open' and "doneAt" is not null`)) === 3, 60_000);
    const { rows } = await client.query(`select "envelopeId", state, "levelReached", "signaturesExpected", "signaturesApplied" from "Sealing" order by "envelopeId" collate "C"`);
    const sealed = { state: 'SEALED', levelReached: 'B_LTA', signaturesExpected: 2, signaturesApplied: 2 };
    expect(rows).toEqual([
      { envelopeId: 'env_QUEUED', ...sealed },
      { envelopeId: 'env_SIGNING', ...sealed },
      { envelopeId: 'env_STAMPING', ...sealed },
      { envelopeId: 'env_WAITING', ...sealed },
      { envelopeId: 'env_done', state: 'SEALED', levelReached: 'B_B', signaturesExpected: 0, signaturesApplied: 0 },
      { envelopeId: 'env_open', state: 'SIGNING', levelReached: null, signaturesExpected: 2, signaturesApplied: 1 },
    ].sort((a, b) => (a.envelopeId < b.envelopeId ? -1 : 1)));
  } finally {
    child.kill('SIGKILL');
    await gone;
    await client.end();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
