import { beforeAll, describe, expect, it } from 'vitest';
import { PdfRefusal, signPdf, verifyPdf } from '../../src/index.ts';
import { classicPdf } from '../support/fixtures.ts';
import { CHECKED_AT, Stage, later } from './stage.ts';
import { flip, latin1, placeOf } from './tamper.ts';
import { numbers } from '../support/numbers.ts';

const FLIPS = 10_000;
const MUTATIONS = 600;
const SEED = 20260601;
/** A file that runs into every limit is refused within this. */
const LONGEST_MS = 5000;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});

/** The verdict, or REFUSED; any other error fails the test. */
function verdictOf(pdf: Uint8Array): string {
  try {
    return verifyPdf(pdf, { trust: [stage.trust.root], now: CHECKED_AT }).verdict;
  } catch (error) {
    if (error instanceof PdfRefusal) return 'REFUSED';
    throw error;
  }
}

describe('Chance', () => {
  it(`accepts none of ${FLIPS} flipped bits among the covered bytes (seed ${SEED})`, async () => {
    const random = numbers(SEED);
    for (const [pdf, field, share] of [[await stage.once('plain', () => signPdf(classicPdf(), { signer: stage.seal, signedAt: later(10), fieldName: 'seal' })), 'seal', 0.95], [await stage.archived(), 'timestamp_1', 0.05]] as const) {
      expect(verdictOf(pdf)).toBe('VALID');
      const { start, end } = placeOf(pdf, field, 'Contents');
      for (let round = 0; round < FLIPS * share; round++) {
        const covered = random(pdf.length - (end - start));
        const at = covered < start ? covered : covered + end - start;
        const bit = random(8);
        const verdict = verdictOf(flip(pdf, at, bit));
        if (verdict === 'VALID') throw new Error(`Bit ${bit} of byte ${at} was flipped and not noticed.`);
      }
    }
  }, 120_000);

  it(`ends in a verdict or a refusal, soon, for ${MUTATIONS} mutations (seed ${SEED})`, async () => {
    const random = numbers(SEED + 1);
    const pdf = await stage.archived();
    const text = latin1(pdf);
    const tokens = [...text.matchAll(/\d+|\/[A-Za-z]+|<<|>>|\[|\]/g)];
    const began = process.memoryUsage().heapUsed;
    for (let round = 0; round < MUTATIONS; round++) {
      let mutated = text;
      for (let edits = 1 + random(3); edits > 0; edits--) {
        const [token, other] = [tokens[random(tokens.length)], tokens[random(tokens.length)]];
        if (token && other) mutated = mutated.slice(0, token.index) + pick(random, other[0]) + mutated.slice(token.index + token[0].length);
      }
      if (random(10) === 0) mutated = mutated.slice(0, random(mutated.length));
      const start = process.cpuUsage();
      verdictOf(new Uint8Array(Buffer.from(mutated, 'latin1')));
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000).toBeLessThan(LONGEST_MS);
    }
    expect(process.memoryUsage().heapUsed - began).toBeLessThan(512 * 1024 * 1024);
  }, 120_000);
});

function pick(random: (below: number) => number, other: string): string {
  const values = [other, '0', '1', '99', '4294967296', '99999999999999999999', 'null', '', '-1', '<<', ']'];
  return values[random(values.length)] ?? '';
}
