import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anchorDigest, commit, createMerkleTree, EVENT_FORMAT, formatBundle, formatVerifierKey, hashEvent, noteKey, parseBundle, rawPublicKey, signCheckpoint, verifyEvidence, type AuditEvent, type EvidenceBundle, type FindingCode, type VerifyOptions } from '../src/index.ts';

const SEALED = 'c'.repeat(64);
const moment = '2026-11-01T08:00:00.000Z';
const { privateKey } = generateKeyPairSync('ed25519');
const logKey = formatVerifierKey(noteKey('example.na/audit', rawPublicKey(privateKey)));
const salt = Buffer.alloc(32, 7);
const person = { name: 'Ndapewa', email: 'n@example.na' };

interface Told {
  readonly thread: string;
  readonly kind: string;
  readonly ends?: boolean;
  readonly files?: AuditEvent['files'];
  readonly about?: AuditEvent['about'];
  readonly personal?: boolean;
}

/** A trail in which two envelopes go on side by side, as they do. */
const told: readonly Told[] = [
  { thread: 'doc_1', kind: 'document-ready', files: [{ role: 'ORIGINAL', sha256: 'a'.repeat(64) }] },
  { thread: 'env_1', kind: 'sent', about: { envelope: 'env_1', document: 'doc_1' }, personal: true },
  { thread: 'env_2', kind: 'sent', about: { envelope: 'env_2', document: 'doc_2' } },
  { thread: 'env_1', kind: 'opened', personal: true },
  { thread: 'env_1', kind: 'signed', personal: true },
  { thread: 'env_2', kind: 'opened' },
  { thread: 'env_1', kind: 'completed', ends: true, files: [{ role: 'SEALED', sha256: SEALED }] },
  { thread: 'env_2', kind: 'voided', ends: true },
];

const trailOf = (organization: string): readonly AuditEvent[] => {
  const events: AuditEvent[] = [];
  for (const { thread, kind, ends = false, files = [], about = {}, personal } of told) {
    const before = events.filter((event) => event.thread.id === thread);
    const hashOf = (event: AuditEvent | undefined): string | null => (event ? hashEvent(event).hash : null);
    events.push({
      format: EVENT_FORMAT, organization, sequence: events.length, previous: hashOf(events.at(-1)),
      thread: { id: thread, number: before.length, previous: hashOf(before.at(-1)) },
      kind, ends, occurredAt: moment, recordedAt: moment, factId: `evt_${events.length}`, about, files, data: { number: events.length },
      personal: personal ? [{ subject: 'rcp_1', commitment: commit(person, salt).toString('hex') }] : [],
    });
  }
  return events;
};

const bundleOf = (envelope = 'env_1', organization = 'org_1'): EvidenceBundle => {
  const trail = trailOf(organization);
  const tree = createMerkleTree();
  for (const event of trail) tree.append(hashEvent(event).leafHash);
  const note = signCheckpoint({ origin: `example.na/audit/${organization}`, size: tree.size, root: tree.root() }, privateKey);
  return {
    format: 'evidence-bundle', version: 1, createdAt: moment, organization, envelope,
    files: [{ role: 'SEALED', sha256: SEALED }],
    events: trail.filter(({ thread }) => thread.id === envelope || thread.id === 'doc_1').map((event) => ({
      event,
      proof: tree.inclusionProof(event.sequence).map((hash) => Buffer.from(hash).toString('base64')),
      personal: event.personal.map(({ subject }) => ({ subject, salt: salt.toString('hex'), data: person })),
    })),
    checkpoint: { note, anchor: { token: 'AAAA', time: moment, authority: 'TSA' } },
    logKeys: [logKey],
    certificates: [],
  };
};

const options: VerifyOptions = { sealedSha256: SEALED, logKeys: [logKey], verifyTimestamp: () => ({ ok: true, time: new Date(moment), authority: 'TSA' }) };
const codes = (bundle: EvidenceBundle | string, of: VerifyOptions = options): readonly FindingCode[] => [...new Set(verifyEvidence(bundle, of).findings.map(({ code }) => code))];
type Events = EvidenceBundle['events'];
const withEvents = (change: (events: Events) => Events): EvidenceBundle => ({ ...bundleOf(), events: change(structuredClone(bundleOf().events)) });
const withEvent = (at: number, change: (event: AuditEvent) => Partial<AuditEvent>): EvidenceBundle => withEvents((events) => events.with(at, { ...events[at]!, event: { ...events[at]!.event, ...change(events[at]!.event) } }));

describe('evidence of an envelope', () => {
  test('is valid, and says what it shows', () => {
    const report = verifyEvidence(formatBundle(bundleOf()), options);
    expect(report).toMatchObject({ verdict: 'VALID', envelope: 'env_1', anchoredAt: new Date(moment), authority: 'TSA', findings: [], checkpoint: { origin: 'example.na/audit/org_1', size: 8 }, files: [{ role: 'ORIGINAL' }, { role: 'SEALED', sha256: SEALED }] });
    expect(report.events.map(({ kind, included }) => [kind, included])).toEqual([['document-ready', true], ['sent', true], ['opened', true], ['signed', true], ['completed', true]]);
    expect(report.events[1]!.personal).toEqual([{ subject: 'rcp_1', state: 'PROVEN' }]);
  });

  test('holds after personal data were erased, and says that they were', () => {
    const erased = withEvents((events) => events.map((one) => ({ ...one, personal: one.personal.map(({ subject }) => ({ subject, erased: true as const })) })));
    expect(verifyEvidence(erased, options).verdict).toBe('VALID');
    expect(codes(erased)).toEqual(['PERSONAL_DATA_ERASED']);
    expect(verifyEvidence(erased, options).events[1]!.personal).toEqual([{ subject: 'rcp_1', state: 'ERASED' }]);
    expect(codes(withEvents((events) => events.map((one) => ({ ...one, personal: [] }))))).toEqual(['PERSONAL_DATA_ERASED']);
  });

  test.each<[string, () => EvidenceBundle, readonly FindingCode[]]>([
    ['an event says something else', () => withEvent(2, () => ({ data: { number: 99 } })), ['EVENT_NOT_INCLUDED', 'CHAIN_BROKEN']],
    ['an event happened at another time', () => withEvent(4, () => ({ occurredAt: '2026-11-02T08:00:00.000Z' })), ['EVENT_NOT_INCLUDED']],
    ['an event in the middle is missing', () => withEvents((events) => events.toSpliced(2, 1)), ['EVENT_MISSING']],
    ['the first event is missing', () => withEvents((events) => events.toSpliced(1, 1)), ['EVENT_MISSING', 'EVENT_OF_ANOTHER_ENVELOPE']],
    ['two events changed places', () => withEvents((events) => [events[0]!, events[1]!, events[3]!, events[2]!, events[4]!]), ['EVENT_OUT_OF_ORDER', 'EVENT_MISSING', 'CHAIN_BROKEN']],
    ['two events changed places and numbers', () => withEvents((events) => [events[0]!, events[1]!, { ...events[2]!, event: { ...events[3]!.event, sequence: 3 } }, { ...events[3]!, event: { ...events[2]!.event, sequence: 4 } }, events[4]!]), ['EVENT_NOT_INCLUDED', 'CHAIN_BROKEN', 'EVENT_MISSING']],
    ['an event stands twice', () => withEvents((events) => [...events.slice(0, 3), events[2]!, ...events.slice(3)]), ['EVENT_OUT_OF_ORDER', 'EVENT_MISSING']],
    ['personal data are others', () => withEvents((events) => events.with(1, { ...events[1]!, personal: [{ subject: 'rcp_1', salt: salt.toString('hex'), data: { ...person, name: 'Maria' } }] })), ['PERSONAL_DATA_ALTERED']],
    ['personal data are of somebody else', () => withEvents((events) => events.with(1, { ...events[1]!, personal: [{ subject: 'rcp_2', salt: salt.toString('hex'), data: person }] })), ['PERSONAL_DATA_ALTERED', 'PERSONAL_DATA_ERASED']],
    ['personal data are shown twice, in two versions', () => withEvents((events) => events.with(1, { ...events[1]!, personal: [{ subject: 'rcp_1', salt: salt.toString('hex'), data: { name: 'Maria' } }, ...events[1]!.personal] })), ['PERSONAL_DATA_ALTERED']],
    ['the checkpoint says another size', () => ({ ...bundleOf(), checkpoint: { ...bundleOf().checkpoint, note: bundleOf().checkpoint.note.replace('\n8\n', '\n9\n') } }), ['CHECKPOINT_FORGED', 'EVENT_NOT_INCLUDED']],
    ['the checkpoint is not one', () => ({ ...bundleOf(), checkpoint: { ...bundleOf().checkpoint, note: 'x\n' } }), ['CHECKPOINT_UNREADABLE', 'EVENT_NOT_INCLUDED']],
    ['the checkpoint is another organization’s', () => ({ ...bundleOf(), checkpoint: bundleOf('env_1', 'org_2').checkpoint }), ['CHECKPOINT_OF_ANOTHER_LOG', 'EVENT_NOT_INCLUDED']],
    ['the events are another organization’s', () => ({ ...bundleOf(), events: bundleOf('env_1', 'org_2').events }), ['EVENT_NOT_INCLUDED', 'EVENT_OF_ANOTHER_ORGANIZATION']],
    ['the events are another envelope’s', () => ({ ...bundleOf('env_2'), envelope: 'env_1' }), ['NO_EVENTS', 'EVENT_OF_ANOTHER_ENVELOPE']],
    ['an event of another envelope is among them', () => withEvents((events) => [...events.slice(0, 2), bundleOf('env_2').events[1]!, ...events.slice(2)]), ['EVENT_OF_ANOTHER_ENVELOPE']],
    ['there are no events', () => ({ ...bundleOf(), events: [] }), ['NO_EVENTS', 'FILES_DIFFER', 'SEALED_FILE_UNKNOWN']],
    ['the files listed are others', () => ({ ...bundleOf(), files: [{ role: 'SEALED', sha256: 'd'.repeat(64) }] }), ['FILES_DIFFER']],
    ['an event is numbered over, to hide that one is missing', () => withEvents((events) => events.toSpliced(2, 1).map((one) => (one.event.sequence === 4 ? { ...one, event: { ...one.event, thread: { ...one.event.thread, number: 1 } } } : one))), ['EVENT_NOT_INCLUDED', 'CHAIN_BROKEN']],
  ])('is found out when %s', (_what, change, expected) => {
    const found = codes(change());
    for (const code of expected) expect(found).toContain(code);
    expect(verifyEvidence(change(), options).verdict).toBe('INVALID');
  });

  test('is not about a PDF that is not the one named, and is about the one that is', () => {
    expect(codes(bundleOf(), { ...options, sealedSha256: 'd'.repeat(64) })).toEqual(['SEALED_FILE_DIFFERS']);
    expect(verifyEvidence(bundleOf(), { ...options, sealedSha256: SEALED.toUpperCase() }).verdict).toBe('VALID');
    expect(codes(bundleOf('env_2'), options)).toContain('SEALED_FILE_UNKNOWN');
  });

  test('that somebody made for themselves with a key of their own is refused to whoever knows the log’s', () => {
    const own = generateKeyPairSync('ed25519').privateKey;
    const { checkpoint } = bundleOf();
    const [origin, size, root] = checkpoint.note.split('\n') as [string, string, string];
    const note = signCheckpoint({ origin, size: Number(size), root: Buffer.from(root, 'base64') }, own);
    const forged = { ...bundleOf(), checkpoint: { ...checkpoint, note }, logKeys: [formatVerifierKey(noteKey('example.na/audit', rawPublicKey(own)))] };
    expect(codes(forged)).toEqual(['LOG_KEY_UNKNOWN']);
    expect(codes(forged, { ...options, logKeys: [] })).toEqual(['LOG_KEY_UNKNOWN']);
    const { logKeys: _none, ...withoutKeys } = options;
    expect(codes(forged, withoutKeys)).toEqual(['LOG_KEY_NOT_GIVEN']);
  });

  test('says what was not shown: no timestamp, none checked, a bad one, one before the events, no end', () => {
    const { checkpoint, ...rest } = bundleOf();
    expect(codes({ ...rest, checkpoint: { ...checkpoint, anchor: null } })).toEqual(['NOT_ANCHORED']);
    const { verifyTimestamp: _none, ...unchecked } = options;
    expect(codes(bundleOf(), unchecked)).toEqual(['TIMESTAMP_NOT_CHECKED']);
    const bad = verifyEvidence(bundleOf(), { ...options, verifyTimestamp: () => ({ ok: false, time: new Date(moment), authority: null, message: 'it is over something else.' }) });
    expect(bad).toMatchObject({ verdict: 'INVALID', anchoredAt: null, findings: [{ code: 'TIMESTAMP_INVALID' }] });
    expect(codes(bundleOf(), { ...options, verifyTimestamp: () => ({ ok: true, time: new Date('2026-10-01T00:00:00Z'), authority: 'TSA' }) })).toEqual(['RECORDED_AFTER_TIMESTAMP']);
    expect(codes(withEvents((events) => events.slice(0, -1)), { ...options, sealedSha256: undefined! })).toContain('ENVELOPE_NOT_ENDED');
  });

  test('hands the timestamp over the whole checkpoint, signature included', () => {
    const seen: Uint8Array[] = [];
    verifyEvidence(bundleOf(), { verifyTimestamp: (_token, digest) => (seen.push(digest), { ok: true, time: new Date(moment), authority: null }) });
    expect(seen).toEqual([anchorDigest(bundleOf().checkpoint.note)]);
  });

  test('with any character of its hashed text changed is not valid any more', () => {
    const text = formatBundle({ ...bundleOf(), logKeys: [] });
    const begin = text.indexOf('"events":');
    let accepted = 0;
    for (let at = begin; at < text.indexOf('"files":', text.lastIndexOf('"proof"')); at += 37) {
      const changed = `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
      try {
        if (verifyEvidence(changed, options).verdict === 'VALID') accepted += 1;
      } catch (error) {
        expect(error).toMatchObject({ name: 'TransparencyRefusal' });
      }
    }
    expect(accepted).toBe(0);
  });
});

describe('what is no evidence', () => {
  test.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['another format', '{"format":"zip","version":1}'],
    ['a later version', '{"format":"evidence-bundle","version":2}'],
    ['a bundle with something unknown in it', JSON.stringify({ ...bundleOf(), more: 1 })],
    ['a bundle that says its envelope twice', formatBundle(bundleOf()).replace('{', '{"envelope":"env_2",')],
    ['a bundle with a proof of a hundred thousand hashes', JSON.stringify(withEvents((events) => events.with(0, { ...events[0]!, proof: Array.from({ length: 100_000 }, () => 'A'.repeat(43) + '=') })))],
    ['a bundle of a hundred levels', JSON.stringify(withEvent(0, () => ({ data: { a: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) } })))],
  ])('is refused by name: %s', (_what, text) => {
    expect(() => parseBundle(text)).toThrow(expect.objectContaining({ name: 'TransparencyRefusal' }));
  });

  test('is refused in bounded time, though it has very many events', () => {
    const one = bundleOf().events[0]!;
    const begun = performance.now();
    expect(() => parseBundle(JSON.stringify({ ...bundleOf(), events: Array.from({ length: 20_001 }, () => one) }))).toThrow();
    const many = { ...bundleOf(), events: Array.from({ length: 3_000 }, () => one) };
    expect(verifyEvidence(many, options).verdict).toBe('INVALID');
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
