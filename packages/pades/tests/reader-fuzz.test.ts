import { beforeAll, describe, expect, it } from 'vitest';
import { PdfRefusal, signPdf, type Signer } from '../src/index.ts';
import { corpusFile, readableFiles } from './support/corpus.ts';
import { classicPdf, hybridPdf, streamPdf } from './support/fixtures.ts';
import { signaturesOf } from './support/signature.ts';
import { NOW, freshSeal } from './support/trust.ts';
import { numbers } from './support/numbers.ts';

const ROUNDS = 1000;

let signer: Signer;
beforeAll(async () => {
  ({ signer } = await freshSeal());
});

type Mutation = (pdf: Uint8Array, random: (below: number) => number) => Uint8Array;

const flipBits: Mutation = (pdf, random) => {
  const copy = pdf.slice();
  for (let flips = 1 + random(4); flips > 0; flips--) {
    const at = random(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
  }
  return copy;
};

const cut: Mutation = (pdf, random) => pdf.slice(0, random(pdf.length));

/** Changes a number: lengths, offsets, counts and references are what loops and overruns are made of. */
const changeNumber: Mutation = (pdf, random) => {
  const text = Buffer.from(pdf).toString('latin1');
  const all = [...text.matchAll(/\d+/g)];
  const match = all[random(all.length)];
  if (!match) return pdf;
  const values = ['0', '1', '2', '3', '4', '5', '7', '99', '4294967296', '99999999999999999999', String(random(pdf.length))];
  const value = values[random(values.length)] ?? '0';
  return new Uint8Array(Buffer.from(text.slice(0, match.index) + value + text.slice(match.index + match[0].length), 'latin1'));
};

const moveBlock: Mutation = (pdf, random) => {
  const copy = pdf.slice();
  const length = Math.min(random(64), copy.length);
  copy.copyWithin(random(copy.length), random(copy.length - length), length);
  return copy;
};

const seeds: readonly (readonly [string, () => Uint8Array])[] = [
  ['a classic file', () => classicPdf()],
  ['a file of streams', () => streamPdf()],
  ['a hybrid file', () => hybridPdf()],
  ...readableFiles.filter((file) => /libreoffice-form|minimal|pdflatex-forms/.test(file)).map((file) => [file, () => corpusFile(file)] as const),
];

describe.each(seeds)('Whatever becomes of %s,', (_, input) => {
  it.each([
    ['flipped bits', flipBits],
    ['a cut', cut],
    ['a changed number', changeNumber],
    ['a moved block', moveBlock],
  ])(`%s in ${ROUNDS} ways end in a signature that can be found, or in a refusal`, async (_name, mutate) => {
    const pdf = input();
    const random = numbers(pdf.length);
    for (let round = 0; round < ROUNDS; round++) {
      const mutated = mutate(pdf, random);
      const outcome = await signPdf(mutated, { signer, signedAt: NOW }).catch((error: unknown) => error);
      if (!(outcome instanceof Uint8Array)) expect(outcome).toBeInstanceOf(PdfRefusal);
      else expect(signaturesOf(outcome).at(-1)?.byteRange[0]).toBe(0);
    }
  });
});
