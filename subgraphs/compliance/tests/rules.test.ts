import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../src/domain/checks.ts';
import { evaluate } from '../src/domain/evaluate.ts';
import { digestOf, type Declaration, type Evidence } from '../src/domain/evidence.ts';
import { levelOf } from '../src/domain/levels.ts';
import type { Rule } from '../src/domain/rule.ts';
import { currentPacks } from '../src/packs/index.ts';
import { naEta2019v1 } from '../src/packs/na-eta-2019.v1.ts';
import { uncitralMles2001v1 } from '../src/packs/uncitral-mles-2001.v1.ts';

const at = '2026-11-01T08:00:00.000Z';
const signer = { recipientId: 'rcp_1', linkSentAt: at, openedAt: at, signedAt: at };
const known: Evidence = { envelopeId: 'env_1', sentAt: at, completedAt: at, sealedSha256: 'a'.repeat(64), recipients: [signer], declaration: null };
const said = (declaration: Partial<Declaration>): Evidence => ({ ...known, declaration: { documentType: 'OTHER', partiesAgreed: null, formRequiredByLaw: null, ...declaration } });
const ordinary = said({ partiesAgreed: true });

const rules = currentPacks.flatMap((pack) => pack.rules.map((rule) => ({ pack, rule })));
const outcomeOf = (id: string, evidence: Evidence): Outcome | undefined => {
  const { pack } = rules.find(({ rule }) => rule.id === id)!;
  return evaluate(pack, evidence).get(id)?.outcome;
};

const vectors: readonly (readonly [id: string, what: string, evidence: Evidence, outcome: Outcome])[] = [
  ['NA-X-01', 'a will', said({ documentType: 'WILL' }), 'FAIL'],
  ['NA-X-01', 'something else', ordinary, 'PASS'],
  ['NA-X-01', 'nobody says what', known, 'INDETERMINATE'],
  ['NA-X-02', 'a sale of land', said({ documentType: 'LAND_SALE' }), 'FAIL'],
  ['NA-X-03', 'stamp duty', said({ documentType: 'STAMP_DUTY' }), 'FAIL'],
  ['NA-X-04', 'a bill of exchange', said({ documentType: 'BILL_OF_EXCHANGE' }), 'FAIL'],
  ['NA-X-05', 'a loan that must be in writing', said({ documentType: 'CREDIT_AGREEMENT', formRequiredByLaw: true }), 'FAIL'],
  ['NA-X-05', 'a loan that need not be', said({ documentType: 'CREDIT_AGREEMENT', formRequiredByLaw: false }), 'PASS'],
  ['NA-X-05', 'a loan of which nobody says', said({ documentType: 'CREDIT_AGREEMENT' }), 'INDETERMINATE'],
  ['NA-17-1', 'something that is not excluded', ordinary, 'PASS'],
  ['NA-17-1', 'something that is', said({ documentType: 'WILL' }), 'FAIL'],
  ['NA-17-1', 'nobody says what', known, 'INDETERMINATE'],
  ['NA-20-2', 'parties that agreed', ordinary, 'PASS'],
  ['NA-20-2', 'parties that did not', said({ partiesAgreed: false }), 'FAIL'],
  ['NA-20-2', 'parties of whom nobody says', said({}), 'INDETERMINATE'],
  ['NA-20-2', 'a day before it commenced', { ...ordinary, completedAt: '2026-06-14T23:59:59.999Z' }, 'NOT_APPLICABLE'],
  ['NA-20-2', 'the day when it commenced', { ...ordinary, completedAt: '2026-06-15T00:00:00.000Z' }, 'PASS'],
  ['NA-ES-1', 'links that were opened', known, 'PASS'],
  ['NA-ES-1', 'a link of which nobody heard', { ...known, recipients: [signer, { ...signer, linkSentAt: null }] }, 'INDETERMINATE'],
  ['NA-ES-1', 'no recipient', { ...known, recipients: [] }, 'INDETERMINATE'],
  ['NA-ES-2', 'signers that all acted', known, 'PASS'],
  ['NA-ES-2', 'one that did not, as far as is known', { ...known, recipients: [{ ...signer, signedAt: null }] }, 'INDETERMINATE'],
  ['NA-ES-3', 'a sealed PDF', known, 'PASS'],
  ['NA-ES-3', 'no hash', { ...known, sealedSha256: '' }, 'INDETERMINATE'],
  ['NA-24-2', 'all moments', known, 'PASS'],
  ['NA-24-2', 'no moment of sending', { ...known, sentAt: null }, 'INDETERMINATE'],
  ['NA-25-3', 'e-mail links', known, 'WARN'],
  ['NA-25-3', 'links that were not opened', { ...known, recipients: [{ ...signer, openedAt: null }] }, 'INDETERMINATE'],
  ['ML-6-c', 'a sealed PDF', known, 'PASS'],
  ...['NA-ADV-a', 'NA-ADV-b', 'NA-ADV-c', 'ML-6-a', 'ML-6-b'].map((id) => [id, 'anything that is heard today', ordinary, 'INDETERMINATE'] as const),
];

describe('a rule', () => {
  test.each(vectors)('%s on %s', (id, _what, evidence, outcome) => {
    expect(outcomeOf(id, evidence)).toBe(outcome);
  });

  test('never passes on an envelope of which nothing is known', () => {
    const nothing: Evidence = { envelopeId: 'env_1', sentAt: null, completedAt: at, sealedSha256: '', recipients: [], declaration: null };
    for (const pack of currentPacks) expect([...evaluate(pack, nothing).values()].map(({ outcome }) => outcome)).toEqual(pack.rules.map(() => 'INDETERMINATE'));
  });

  test('names its source and how well it is known, and says why when that is not by its text', () => {
    const bad = ({ source, statement }: Rule) => !source.instrument || !source.reference || !statement || (source.confidence !== 'TEXT_READ' && !source.note);
    expect(rules.filter(({ rule }) => bad(rule)).map(({ rule }) => rule.id)).toEqual([]);
  });

  test('is one in its pack, and a pack speaks only of its own rules', () => {
    for (const { rules: own, levels } of currentPacks) {
      const ids = own.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const named = [...levels.steps.flatMap(({ needs }) => needs), ...(levels.excluded?.byFailing ?? []), ...own.flatMap(({ check }) => (check.kind === 'all-of' ? check.rules : []))];
      expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    }
  });
});

describe('a pack', () => {
  test.each([
    [naEta2019v1, 'bf1d6d12a4b5d1accfe8df13dd6117d06ac41bbd2948ff26f278c983796f181e'],
    [uncitralMles2001v1, 'c31b389e6356ca73b685219536ac34c95d14a297c650765731e075c8cdf85240'],
  ])('that has judged envelopes is not changed: a correction is its next version', (pack, sha256) => {
    expect(createHash('sha256').update(JSON.stringify(pack)).digest('hex')).toBe(sha256);
  });
});

describe('a level', () => {
  const level = (evidence: Evidence, pack = naEta2019v1) => levelOf(pack, 'x', evaluate(pack, evidence));

  test.each([
    ['NA_INSUFFICIENT', 'nobody says what the document is', known],
    ['NA_EXCLUDED', 'it is a will, whatever else is met', said({ documentType: 'WILL', partiesAgreed: true })],
    ['NA_DATA_MESSAGE', 'nobody says that the parties agreed', said({})],
    ['NA_DATA_MESSAGE', 'section 20 had not commenced', { ...ordinary, completedAt: '2026-06-01T00:00:00.000Z' }],
    ['NA_AGREED', 'the parties agreed and each of them signed', ordinary],
  ] as const)('is %s when %s', (reached, _when, evidence) => {
    expect(level(evidence).level).toBe(reached);
  });

  test('says what stands before the next', () => {
    expect(level(said({})).missing).toEqual(['NA-20-2']);
    expect(level(ordinary).missing).toEqual(['NA-ADV-a', 'NA-ADV-b', 'NA-ADV-c']);
    expect(level(known, uncitralMles2001v1)).toMatchObject({ level: 'MLES_ARGUABLE', missing: ['ML-6-a', 'ML-6-b'] });
  });
});

describe('evidence', () => {
  test('has one hash, in whatever order it is written', () => {
    const shuffled = Object.fromEntries(Object.entries(known).reverse()) as Evidence;
    expect(digestOf(shuffled)).toBe(digestOf(known));
    expect(digestOf({ ...known, sentAt: null })).not.toBe(digestOf(known));
  });

  test('is hashed by its canonical JSON', () => {
    const evidence: Evidence = { envelopeId: 'env_1', sentAt: null, completedAt: at, sealedSha256: 'ab', recipients: [], declaration: { documentType: 'OTHER', partiesAgreed: true, formRequiredByLaw: null } };
    // sha256sum of {"completedAt":"2026-11-01T08:00:00.000Z","declaration":{"documentType":"OTHER","formRequiredByLaw":null,"partiesAgreed":true},"envelopeId":"env_1","recipients":[],"sealedSha256":"ab","sentAt":null}
    expect(digestOf(evidence)).toBe('28f70b2ffadba76f2a1e338f223c6fa3371a79d8eeeee9372b0e665623716250');
  });
});
