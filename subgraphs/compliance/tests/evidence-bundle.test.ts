import { documentReady, documentVersionAdded } from '@buffrsign/documents/events';
import { createTestTrust, testTimestampAuthority } from '@buffrsign/pades/test-trust';
import { until } from '@buffrsign/kernel/testing';
import { parseBundle, verifyEvidence, type TimestampAnswer } from '@buffrsign/transparency';
import { execFile, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyTimestampToken } from '../../../packages/pades/src/tsp/token.ts';
import { anchorCheckpoint, checkpointTrail } from '../src/use-cases/index.ts';
import { complianceUnderTest, member } from './compliance.ts';

const execute = promisify(execFile);
const openssl = (args: readonly string[]) => execute('openssl', args);
const hasOpenssl = !spawnSync('openssl', ['version']).error;

/** What the timestamp authority does at the moment. */
const authority = { mood: 'well' as 'well' | 'down', asked: 0 };
const { graph, run, tellCompleted, tellSent, trust } = complianceUnderTest((timestamps) => ({
  ...timestamps,
  authority: {
    name: 'moody',
    timestamp: async (digest) => {
      authority.asked += 1;
      if (authority.mood === 'down') throw new Error('The timestamp authority does not answer.');
      return timestamps.authority.timestamp(digest);
    },
  },
}));
type Member = ReturnType<typeof member>;

const BUNDLE = 'evidenceBundle { content sha256 filename isAnchored checkpoint { id size anchor { time } anchorFailure } }';
interface Bundle {
  readonly content: string;
  readonly sha256: string;
  readonly filename: string;
  readonly isAnchored: boolean;
  readonly checkpoint: { readonly id: string; readonly size: number; readonly anchorFailure: string | null };
}
const bundleOf = async (actor: Member, id: string): Promise<Bundle | null> =>
  (await run<{ evidenceBundle: Bundle | null }[]>(actor, `query ($id: ID!) { _entities(representations: [{ __typename: "Envelope", id: $id }]) { ... on Envelope { ${BUNDLE} } } }`, { id }))[0]!.evidenceBundle;
const createBundle = async (actor: Member, envelopeId: string): Promise<Bundle> =>
  (await run<{ evidenceBundle: Bundle }>(actor, `mutation ($envelopeId: ID!) { createEvidenceBundle(input: { envelopeId: $envelopeId }) { ... on CreateEvidenceBundleSuccess { ${BUNDLE} } } }`, { envelopeId })).evidenceBundle;

const rootOf = async (): Promise<Uint8Array> => new X509Certificate(await readFile(join(trust(), 'test-root.pem'))).raw;
const timestampsBy = (root: Uint8Array) => (token: Uint8Array, digest: Uint8Array): TimestampAnswer => {
  const { trusted, genTime, authority: name, findings } = verifyTimestampToken(token, digest, { trust: [root], now: new Date() });
  return { ok: trusted, time: genTime, authority: name, ...(findings[0] && { message: findings[0].message }) };
};
const keysOf = async (): Promise<string[]> => (await run<{ verifierKey: string }[]>(member(), '{ auditLogKeys { verifierKey } }')).map(({ verifierKey }) => verifierKey);

describe('the evidence of an envelope', () => {
  const sealedSha256 = 'a'.repeat(64);

  test('is there by itself once it is completed, and is checked without us: keys, timestamp, PDF', async () => {
    const actor = member();
    await graph().tell(documentReady, { subject: 'doc_1', organizationId: actor.organizationId }, { documentId: 'doc_1', versionId: 'ver_1', title: 'Lease', sha256: 'b'.repeat(64), textSha256: 'c', size: 9, pages: [], uploadedBy: 'usr_1' });
    for (let count = 0; count < 3; count += 1) await tellSent(actor);
    const { envelopeId, recipientId } = await tellCompleted(actor);
    await graph().tell(documentVersionAdded, { subject: 'doc_1', organizationId: actor.organizationId }, { documentId: 'doc_1', versionId: 'ver_2', kind: 'SEALED', sha256: sealedSha256, size: 10, envelopeId });
    await graph().idle();
    const bundle = (await bundleOf(actor, envelopeId))!;
    expect(bundle).toMatchObject({ filename: `${envelopeId}.evidence.json`, isAnchored: true, checkpoint: { size: 10 }, sha256: createHash('sha256').update(bundle.content).digest('hex') });

    const report = verifyEvidence(bundle.content, { sealedSha256, logKeys: await keysOf(), verifyTimestamp: timestampsBy(await rootOf()) });
    expect(report).toMatchObject({ verdict: 'VALID', findings: [], authority: expect.stringContaining('TEST'), files: [{ role: 'PREPARED', sha256: 'b'.repeat(64) }, { role: 'SEALED', sha256: sealedSha256 }] });
    expect(report.events.map(({ kind }) => kind.replace(/^.*?\.(.*)\.v1$/, '$1'))).toEqual(['document-ready', 'envelope-sent', 'recipient-sent', 'recipient-delivered', 'recipient-completed', 'envelope-completed', 'document-version-added']);
    expect(report.events.find(({ kind }) => kind.includes('recipient-completed'))!.personal).toEqual([{ subject: envelopeId, state: 'PROVEN' }, { subject: recipientId, state: 'PROVEN' }]);

    expect(verifyEvidence(bundle.content, { sealedSha256: 'd'.repeat(64) }).findings.map(({ code }) => code)).toContain('SEALED_FILE_DIFFERS');
    const another = await createTestTrust({ now: new Date() });
    expect(verifyEvidence(bundle.content, { verifyTimestamp: timestampsBy(another.root) }).findings.map(({ code }) => code)).toContain('TIMESTAMP_INVALID');
  });

  test('is the same file each time, and one that the organization’s other envelopes leave alone', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    await graph().idle();
    const first = await bundleOf(actor, envelopeId);
    await tellCompleted(actor);
    await graph().idle();
    expect(await bundleOf(actor, envelopeId)).toEqual(first);
    expect(await createBundle(actor, envelopeId)).toEqual(first);
  });

  test('is not there before anything of it was checkpointed, and is made when it is asked for', async () => {
    const actor = member();
    const envelopeId = await tellSent(actor);
    expect(await bundleOf(actor, envelopeId)).toBeNull();
    const made = await createBundle(actor, envelopeId);
    await graph().idle();
    expect(await bundleOf(actor, envelopeId)).toMatchObject({ isAnchored: true, checkpoint: { id: made.checkpoint.id } });
    const codes = verifyEvidence(made.content, { logKeys: await keysOf() }).findings.map(({ code }) => code);
    expect(codes).toContain('ENVELOPE_NOT_ENDED');
  });

  test('holds after a recipient was erased, and holds nothing of them any more', async () => {
    const actor = member();
    const { envelopeId, recipientId } = await tellCompleted(actor);
    await graph().idle();
    expect((await bundleOf(actor, envelopeId))!.content).toContain('Ndapewa');
    await run(actor, 'mutation ($subjectId: ID!) { eraseAuditPersonalData(input: { subjectId: $subjectId }) { __typename } }', { subjectId: recipientId });
    const { content } = (await bundleOf(actor, envelopeId))!;
    expect(content).not.toContain('Ndapewa');
    const report = verifyEvidence(content, { sealedSha256, logKeys: await keysOf(), verifyTimestamp: timestampsBy(await rootOf()) });
    expect(report.verdict).toBe('VALID');
    expect([...new Set(report.findings.map(({ code }) => code))]).toEqual(['PERSONAL_DATA_ERASED']);
  });
});

describe('while the timestamp authority is down', () => {
  beforeAll(() => {
    authority.mood = 'down';
  });
  afterAll(() => {
    authority.mood = 'well';
  });

  test('a checkpoint says that it has no timestamp yet and why, is tried again without end, and gets it once the authority is back', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    await graph().idle();
    const bundle = (await bundleOf(actor, envelopeId))!;
    expect(bundle).toMatchObject({ isAnchored: false, checkpoint: { anchorFailure: 'The timestamp authority does not answer.' } });
    expect(verifyEvidence(bundle.content, { logKeys: await keysOf() })).toMatchObject({ verdict: 'VALID', findings: [{ code: 'NOT_ANCHORED' }] });
    const waiting = await graph().tools.db.$queryRaw<{ later: boolean }[]>`select run_at > now() as later from graphile_worker.jobs where key = ${`anchor:${bundle.checkpoint.id}`}`;
    expect(waiting).toEqual([{ later: true }]);

    authority.mood = 'well';
    await graph().tools.db.$executeRaw`select graphile_worker.add_job('anchor-checkpoint', json_build_object('checkpointId', ${bundle.checkpoint.id}::text), job_key => ${`anchor:${bundle.checkpoint.id}`})`;
    await until('the timestamp', async () => (await bundleOf(actor, envelopeId))!.isAnchored);
    expect((await bundleOf(actor, envelopeId))!.checkpoint.anchorFailure).toBeNull();
  });

  test('nothing that happens is kept from the trail', async () => {
    authority.mood = 'down';
    const actor = member();
    await tellCompleted(actor);
    await tellCompleted(actor);
    expect(await checkpointTrail(graph().tools, actor.organizationId)).toMatchObject({ size: 10 });
  });
});

describe('a timestamp', () => {
  test('is asked for once, though the job runs again after it was given', async () => {
    const actor = member();
    await tellSent(actor);
    const { id } = (await checkpointTrail(graph().tools, actor.organizationId))!;
    await graph().idle();
    const before = { asked: authority.asked, anchor: await graph().tools.db.auditAnchor.findUniqueOrThrow({ where: { checkpointId: id } }) };
    await anchorCheckpoint(graph().tools, id);
    expect(authority.asked).toBe(before.asked);
    expect(await graph().tools.db.auditAnchor.findUniqueOrThrow({ where: { checkpointId: id } })).toEqual(before.anchor);
  });

  test('by two processes at once stays the one that came first', async () => {
    const actor = member();
    await tellSent(actor);
    const { id } = (await checkpointTrail(graph().tools, actor.organizationId))!;
    await Promise.all([anchorCheckpoint(graph().tools, id), anchorCheckpoint(graph().tools, id)]);
    await graph().idle();
    expect(await graph().tools.db.auditAnchor.count({ where: { checkpointId: id } })).toBe(1);
  });

  test('of somebody else’s TEST authority is not believed by this platform’s root', async () => {
    const other = await createTestTrust({ now: new Date() });
    const token = await testTimestampAuthority(other, new Date()).timestamp(createHash('sha256').update('x').digest());
    expect(timestampsBy(await rootOf())(token.token, createHash('sha256').update('x').digest()).ok).toBe(false);
  });
});

describe.skipIf(!hasOpenssl)('by hand, with openssl only,', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'buffrsign-evidence-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const put = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const digest = async (path: string): Promise<Buffer> => Buffer.from((await openssl(['dgst', '-sha256', '-r', path])).stdout.slice(0, 64), 'hex');

  test('evidence is checked in the steps of docs/evidence.md: timestamp, signature, leaf and path, personal data', async () => {
    authority.mood = 'well';
    const actor = member();
    await tellSent(actor);
    const { envelopeId } = await tellCompleted(actor);
    await graph().idle();
    const { checkpoint, events, logKeys } = parseBundle((await bundleOf(actor, envelopeId))!.content);

    // 1. The timestamp is over the note.
    const [note, token] = [await put('checkpoint.txt', checkpoint.note), await put('token.der', Buffer.from(checkpoint.anchor!.token, 'base64'))];
    const { stdout, stderr } = await openssl(['ts', '-verify', '-data', note, '-in', token, '-token_in', '-CAfile', join(trust(), 'test-root.pem')]);
    expect(stdout + stderr).toContain('Verification: OK');

    // 2. The note is signed by the log's key.
    const [text, line] = [checkpoint.note.slice(0, checkpoint.note.indexOf('\n\n') + 1), checkpoint.note.trimEnd().split('\n').at(-1)!];
    const key = await put('key.der', Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(logKeys[0]!.split('+').slice(2).join('+'), 'base64').subarray(1)]));
    const signature = await put('signature', Buffer.from(line.split(' ').at(-1)!, 'base64').subarray(4));
    expect((await openssl(['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', key, '-rawin', '-in', await put('text', text), '-sigfile', signature])).stdout).toContain('Signature Verified Successfully');

    // 3. From an event up to the root. The canonical JSON is the bundle's own text of the event.
    const { event, proof, personal } = events[3]!;
    const content = (await bundleOf(actor, envelopeId))!.content;
    const begin = content.indexOf(`{"about"`, content.split('{"event":').slice(0, 4).join('{"event":').length);
    const canonical = content.slice(begin, content.indexOf(',"personal":[', content.indexOf('"thread":', begin)));
    let hash = await digest(await put('leaf', Buffer.concat([Buffer.of(0), Buffer.from(canonical)])));
    let [place, last] = [event.sequence, Number(text.split('\n')[1]) - 1];
    for (const sibling of proof) {
      const other = Buffer.from(sibling, 'base64');
      const right = place % 2 === 1 || place === last;
      hash = await digest(await put('node', Buffer.concat(right ? [Buffer.of(1), other, hash] : [Buffer.of(1), hash, other])));
      if (right) while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
      [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    }
    expect(hash.toString('base64')).toBe(text.split('\n')[2]);

    // 4. Personal data are those that the event commits to.
    const shown = personal[0] as { salt: string; data: Record<string, string> };
    const { stdout: mac } = await openssl(['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${shown.salt}`, '-r', await put('data', JSON.stringify(shown.data))]);
    expect(mac.slice(0, 64)).toBe(event.personal[0]!.commitment);
  });
});
