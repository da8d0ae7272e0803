import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { PDF, type Signer as PeerSigner } from '@libpdf/core';
import { PDFDocument, PDFName } from 'pdf-lib';
import { extendPdf, signPdf, signUpdate, verifyPdf } from '../../packages/pades/src/index.ts';
import {
  createTestTrust, issueSignerCertificate, issueSignerForKey, testRevocationSource, testTimestampAuthority, type TestTrust,
} from '../../packages/pades/src/test-trust/index.ts';
import { measure } from './cpu.ts';

/** What we promise, as ratios to limits measured in the same run; milliseconds for the last. */
const OF_CRYPTO_SIGN_MIN = 0.5;
const TIMES_PEER_MIN = 10;
const OF_HASH_BOUND_MIN = 0.9;
const VERIFY_MS_MAX = 20;
/** Signed attributes are about this long. */
const ATTRIBUTES = randomBytes(150);

const now = new Date();

/** Three pages, and bytes that do not compress; the table is classic, as most files in the wild have it. */
const pdfOf = async (bytes: number): Promise<Uint8Array> => {
  const document = await PDFDocument.create();
  for (let page = 0; page < 3; page++) document.addPage();
  document.catalog.set(PDFName.of('Filler'), document.context.register(document.context.stream(randomBytes(bytes))));
  return document.save({ useObjectStreams: false });
};

const threeSigners = async (trust: TestTrust): Promise<Uint8Array> => {
  const timestamp = testTimestampAuthority(trust, now);
  let pdf = await pdfOf(200_000);
  for (const name of ['Anna', 'Petrus', 'Käthe']) {
    pdf = await signPdf(pdf, { signer: await issueSignerCertificate(trust, { name, now }), signedAt: now, timestamp });
  }
  const later = new Date(now.getTime() + 2000);
  return extendPdf(pdf, { level: 'B-LTA', now: later, trust: [trust.root], revocation: testRevocationSource(trust, later), timestamp: testTimestampAuthority(trust, later) });
};

interface Row {
  readonly what: string;
  readonly took: number;
  readonly limit: string;
  readonly reached: string;
  readonly wanted: string;
  readonly holds: boolean;
}

const milliseconds = (microseconds: number): string => `${(microseconds / 1000).toFixed(2)} ms`;
const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;

const print = (rows: readonly Row[]): void => {
  const table = [['', 'CPU time', 'limit, same run', 'reached', 'promised', ''], ...rows.map(({ what, took, limit, reached, wanted, holds }) => [what, milliseconds(took), limit, reached, wanted, holds ? 'holds' : 'FALLS SHORT'])];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd());
};

/** Signs, and verifies, against what the processor could do at most, in CPU time. */
export default async (): Promise<boolean> => {
  const trust = await createTestTrust({ now });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signer = await issueSignerForKey(trust, { name: 'Bench', now, privateKey });
  const [small, large, sealed] = [await pdfOf(200_000), await pdfOf(20_000_000), await threeSigners(trust)];
  const peer: PeerSigner = {
    certificate: signer.certificate,
    certificateChain: [...signer.chain],
    keyType: 'RSA',
    signatureAlgorithm: 'RSASSA-PKCS1-v1_5',
    sign: async (data) => new Uint8Array(sign('sha256', data, privateKey)),
  };
  const verdict = verifyPdf(sealed, { trust: [trust.root], now: new Date(now.getTime() + 3000) });
  if (verdict.verdict !== 'VALID' || verdict.level !== 'B-LTA') throw new Error(`The file to verify is ${verdict.verdict} ${verdict.level ?? ''}.`);
  const options = { signer, signedAt: now };
  // Each piece of work takes turns with its own limit; work of another kind would only fill the caches between the two.
  const key = { calls: 500, run: () => sign('sha256', ATTRIBUTES, privateKey) };
  const ours = { calls: 500, run: () => signUpdate(small, options) };
  const small200 = await measure({ key, ours });
  const peers = await measure({ ours: { ...ours, calls: 100 }, peer: { calls: 30, run: async () => (await PDF.load(small)).sign({ signer: peer }) } });
  const large20 = await measure({
    hash: { calls: 10, run: () => createHash('sha256').update(large).digest() },
    key: { ...key, calls: 100 },
    ours: { calls: 10, run: () => signUpdate(large, options) },
  });
  const verifying = await measure({ verify: { calls: 30, run: () => verifyPdf(sealed, { trust: [trust.root], now: new Date(now.getTime() + 3000) }) } });
  const ofKey = small200.ratio(['key'], 'ours');
  const timesPeer = peers.ratio(['peer'], 'ours');
  // Signing digests the file once and uses the key once: both bound it.
  const ofBound = large20.ratio(['hash', 'key'], 'ours');
  const verify = verifying.of('verify');
  const rows: Row[] = [
    { what: 'sign 200 KB, RSA-2048, B-B', took: small200.of('ours'), limit: `crypto.sign ${milliseconds(small200.of('key'))}`, reached: percent(ofKey), wanted: `>= ${percent(OF_CRYPTO_SIGN_MIN)}`, holds: ofKey >= OF_CRYPTO_SIGN_MIN },
    { what: 'the same against @libpdf/core', took: peers.of('ours'), limit: `libpdf ${milliseconds(peers.of('peer'))}`, reached: `${timesPeer.toFixed(1)} times`, wanted: `>= ${TIMES_PEER_MIN} times`, holds: timesPeer >= TIMES_PEER_MIN },
    { what: 'sign 20 MB', took: large20.of('ours'), limit: `SHA-256 and key ${milliseconds(large20.of('hash') + large20.of('key'))}`, reached: percent(ofBound), wanted: `>= ${percent(OF_HASH_BOUND_MIN)}`, holds: ofBound >= OF_HASH_BOUND_MIN },
    { what: 'verify three signers, B-LTA', took: verify, limit: '', reached: milliseconds(verify), wanted: `<= ${VERIFY_MS_MAX} ms`, holds: verify <= 1000 * VERIFY_MS_MAX },
  ];
  print(rows);
  return rows.every(({ holds }) => holds);
};
