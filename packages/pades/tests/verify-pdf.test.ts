import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extendPdf, signPdf, verifyPdf } from '../src/index.ts';
import { issueSignerCertificate, testRevocationSource, testTimestampAuthority } from '../src/test-trust/index.ts';
import { corpusFile, readableFiles } from './support/corpus.ts';
import { OpensslAuthority } from './support/openssl.ts';
import { classicPdf, hybridPdf, streamPdf } from './support/fixtures.ts';
import { Workshop, describeWith, run } from './support/tools.ts';
import { NOW, freshSeal } from './support/trust.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

let seal: Awaited<ReturnType<typeof freshSeal>>;
beforeAll(async () => {
  seal = await freshSeal();
});

const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

describe('verifyPdf', () => {
  const inputs: readonly (readonly [string, () => Uint8Array])[] = [
    ['a classic file', () => classicPdf()],
    ['a file of streams', () => streamPdf()],
    ['a hybrid file', () => hybridPdf()],
    ...readableFiles.map((file) => [file, () => corpusFile(file)] as const),
  ];

  it.each(inputs)('finds %s valid at level B-LTA after three signers, evidence and a time stamp', async (_, input) => {
    const { trust } = seal;
    let pdf = input();
    for (const [i, name] of ['One', 'Two', 'Three'].entries()) {
      const signer = await issueSignerCertificate(trust, { name, now: NOW });
      pdf = await signPdf(pdf, { signer, signedAt: at(i), timestamp: testTimestampAuthority(trust, at(i)) });
    }
    const options = { revocation: testRevocationSource(trust, at(10)), trust: [trust.root], timestamp: testTimestampAuthority(trust, at(12)), now: at(10) };
    const report = verifyPdf(await extendPdf(pdf, { level: 'B-LTA', ...options }), { trust: [trust.root], now: at(60) });
    expect(report).toMatchObject({ verdict: 'VALID', level: 'B-LTA' });
    expect(report.signatures.map(({ signer }) => signer?.commonName).slice(0, 3)).toEqual(['One', 'Two', 'Three']);
    expect(report.signatures.flatMap(({ findings }) => findings)).toEqual([]);
  });

  it.each(readableFiles)('says of %s as it is that nobody signed it', (file) => {
    expect(verifyPdf(corpusFile(file), { trust: [], now: NOW })).toMatchObject({ verdict: 'UNSIGNED', level: null });
  });
});

describeWith(['pdfsig', 'certutil', 'pk12util', 'openssl'], 'A signature that pdfsig made', () => {
  it('is intact and trusted, and no baseline', () => {
    const authority = new OpensslAuthority(workshop);
    const signer = authority.issue('Foreign signer', { key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], extensions: 'keyUsage=digitalSignature,nonRepudiation\nextendedKeyUsage=emailProtection' });
    const [database, p12, out] = [`${workshop.folder}/nss-signer`, workshop.file('', 'p12'), workshop.file('', 'pdf')];
    const steps: readonly (readonly [string, readonly string[]])[] = [
      ['mkdir', [database]],
      ['certutil', ['-N', '--empty-password', '-d', `sql:${database}`]],
      ['certutil', ['-A', '-n', 'root', '-t', 'CT,C,C', '-i', authority.root.pem, '-d', `sql:${database}`]],
      ['openssl', ['pkcs12', '-export', '-in', signer.pem, '-inkey', signer.key, '-name', 'foreign', '-passout', 'pass:', '-out', p12]],
      ['pk12util', ['-i', p12, '-W', '', '-d', `sql:${database}`]],
      ['pdfsig', ['-nssdir', `sql:${database}`, '-add-signature', '-nick', 'foreign', workshop.file(classicPdf()), out]],
    ];
    for (const [program, args] of steps) expect({ program, ...run(program, args) }).toMatchObject({ code: 0 });
    // Both programs go by the clock of this moment, not by the one of this file.
    const report = verifyPdf(workshop.read(out), { trust: [authority.root.der], now: new Date(Date.now() + 60_000) });
    expect(report).toMatchObject({ verdict: 'VALID', level: null, signatures: [{ intact: true, trusted: true, signer: { commonName: 'Foreign signer' } }] });
  });
});
