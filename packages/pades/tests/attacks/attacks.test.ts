import { beforeAll, describe, expect, it } from 'vitest';
import { PdfRefusal, verifyPdf, type Verification } from '../../src/index.ts';
import { Stage, CHECKED_AT } from './stage.ts';
import { ATTACKS, LEGITIMATE, type Attack } from './table.ts';
import { markdown } from './markdown.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});

async function outcome(attack: Attack): Promise<{ verdict: string; codes: string[]; report?: Verification }> {
  const { pdf, now = CHECKED_AT, trust = [stage.trust.root] } = await attack.make(stage);
  try {
    const report = verifyPdf(pdf, { trust, now });
    const findings = [...report.findings, ...report.signatures.flatMap((signature) => signature.findings)];
    return { verdict: report.verdict, codes: findings.filter(({ severity }) => severity === 'ERROR' || attack.verdict === 'VALID').map(({ code }) => code), report };
  } catch (error) {
    if (!(error instanceof PdfRefusal)) throw error;
    return { verdict: 'REFUSED', codes: [error.code] };
  }
}

describe.each(Object.entries(ATTACKS))('%s:', (_, attacks) => {
  it.each(attacks.map((attack) => [attack.name, attack] as const))('%s is found', async (_name, attack) => {
    const { verdict, codes } = await outcome(attack);
    expect({ verdict, codes }).toEqual({ verdict: attack.verdict, codes: expect.arrayContaining(attack.code ? [attack.code] : []) });
    // One attack is named by what it does, not by a heap of consequences.
    expect(new Set(codes).size).toBeLessThanOrEqual(attack.codesMax ?? 2);
  });
});

describe('Legitimate:', () => {
  it.each(LEGITIMATE.map((attack) => [attack.name, attack] as const))('%s is accepted', async (_, attack) => {
    const { verdict, report, codes } = await outcome(attack);
    expect({ verdict, codes }).toMatchObject({ verdict: 'VALID', codes: expect.arrayContaining(attack.code ? [attack.code] : []) });
    expect(report?.signatures.every(({ changesSince }) => changesSince.every(({ permitted }) => permitted))).toBe(true);
    if (attack.level !== undefined) expect(report?.level).toBe(attack.level);
  });
});

describe('The table of attacks', () => {
  it('is what docs/attacks.md shows', async () => {
    await expect(markdown()).toMatchFileSnapshot('../../../../docs/attacks.md');
  });
});
