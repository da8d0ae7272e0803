import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signPdf, type SignPdfOptions } from '../src/index.ts';
import { corpusFile, readableFiles } from './support/corpus.ts';
import { classicPdf, hybridPdf, streamPdf } from './support/fixtures.ts';
import { signaturesOf } from './support/signature.ts';
import { Workshop, describeWith, run } from './support/tools.ts';
import { ALGORITHMS, NOW, freshSeal } from './support/trust.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

const inputs: readonly (readonly [string, () => Uint8Array])[] = [
  ['a file with a classic table', () => classicPdf()],
  ['a file with a cross-reference stream', () => streamPdf()],
  ['a hybrid file', () => hybridPdf()],
  ...readableFiles.map((file) => [file, () => corpusFile(file)] as const),
];

describe.each(ALGORITHMS)('A signature made with %s', (algorithm) => {
  let seal: Awaited<ReturnType<typeof freshSeal>>;
  let options: SignPdfOptions;
  beforeAll(async () => {
    seal = await freshSeal(algorithm);
    options = { signer: seal.signer, signedAt: NOW, reason: 'Seal of the platform', name: 'Ouma Käthe Ω', location: 'Windhoek' };
  });

  describeWith(['pdfsig', 'certutil'], 'for pdfsig', () => {
    it.each(inputs)('is valid, trusted and covers the whole of %s', async (_, input) => {
      const output = workshop.pdfsig(await signPdf(input(), options), seal.rootPem);
      expect(output).toContain('Signature Validation: Signature is Valid.');
      expect(output).toContain('Certificate Validation: Certificate is Trusted.');
      expect(output).toContain('Total document signed');
      expect(output).toContain('ETSI.CAdES.detached');
    });

    it('stays valid and trusted when another signer signs after it', async () => {
      const other = await freshSeal(algorithm);
      const twice = await signPdf(await signPdf(streamPdf(), { ...options, certify: 2 }), { ...options, signer: other.signer });
      const output = workshop.pdfsig(twice, seal.rootPem, other.rootPem);
      expect(output.match(/Signature is Valid\./g)).toHaveLength(2);
      expect(output.match(/Certificate is Trusted\./g)).toHaveLength(2);
    });

    it('is refused when any covered byte changes', async () => {
      const signed = await signPdf(classicPdf(), options);
      const content = Buffer.from(signed).indexOf('0 0 1 rg');
      const date = Buffer.from(signed).indexOf('Windhoek');
      for (const at of [content, date]) {
        const forged = signed.slice();
        forged[at] = (forged[at] ?? 0) ^ 0x01;
        expect(workshop.pdfsig(forged, seal.rootPem)).toContain('Digest Mismatch');
      }
    });

    it('is not trusted under another root', async () => {
      const stranger = await freshSeal(algorithm);
      const output = workshop.pdfsig(await signPdf(classicPdf(), options), stranger.rootPem);
      expect(output).toContain('Signature is Valid.');
      expect(output).not.toContain('Certificate is Trusted.');
    });
  });

  describeWith(['qpdf'], 'for qpdf', () => {
    it.each(inputs)('leaves %s without structural faults', async (_, input) => {
      const { code, output } = run('qpdf', ['--check', workshop.file(await signPdf(input(), options))]);
      expect(output).toContain('No syntax or stream encoding errors found');
      expect(code).toBe(0);
    });
  });

  describeWith(['pdfsig', 'certutil', 'qpdf'], 'on a file that qpdf has rearranged', () => {
    it.each(['--linearize', '--object-streams=generate', '--object-streams=disable'])('with %s is valid and leaves no faults', async (way) => {
      const rearranged = workshop.file('');
      expect(run('qpdf', [way, workshop.file(classicPdf()), rearranged]).code).toBe(0);
      const signed = await signPdf(workshop.read(rearranged), options);
      expect(workshop.pdfsig(signed, seal.rootPem)).toMatch(/Signature is Valid\.[^]*Certificate is Trusted\./);
      expect(run('qpdf', ['--check', workshop.file(signed)]).code).toBe(0);
    });
  });

  describeWith(['openssl'], 'for openssl', () => {
    it.each(inputs)('is a CAdES signature over the covered bytes of %s', async (_, input) => {
      const [signature] = signaturesOf(await signPdf(input(), options));
      if (!signature) throw new Error('There is no signature.');
      const verify = (covered: Uint8Array) => {
        const files = { cms: workshop.file(signature.cms, 'der'), content: workshop.file(covered, 'bin'), root: workshop.file(seal.rootPem, 'pem') };
        const args = ['-inform', 'DER', '-in', files.cms, '-content', files.content, '-CAfile', files.root, '-out', workshop.file('', 'out')];
        return run('openssl', ['cms', '-verify', '-cades', '-binary', '-purpose', 'any', ...args]);
      };
      expect(verify(signature.covered)).toMatchObject({ code: 0, output: expect.stringContaining('successful') });
      const forged = Buffer.from(signature.covered);
      forged[10] = (forged[10] ?? 0) ^ 0x01;
      expect(verify(forged).code).not.toBe(0);
    });
  });
});
