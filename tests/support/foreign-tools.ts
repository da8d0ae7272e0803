import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the programs of others, which know nothing of us, say of one signature of a PDF. */
export interface ForeignVerdict {
  readonly kind: 'signature' | 'timestamp';
  readonly ok: boolean;
  readonly words: string;
}

const run = (program: string, args: readonly string[]): { readonly ok: boolean; readonly words: string } => {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024 });
  if (error) throw error;
  return { ok: status === 0, words: `${stdout}${stderr}`.trim() };
};

/** DER says how long it is; what follows in /Contents is padding. */
const withoutPadding = (bytes: Buffer): Buffer => {
  const long = (bytes[1] ?? 0) & 0x7f;
  const length = (bytes[1] ?? 0) < 0x80 ? 2 + (bytes[1] ?? 0) : 2 + long + bytes.readUIntBE(2, long);
  return bytes.subarray(0, length);
};

/** The signatures as they lie in the bytes, found as a stranger would: by their byte ranges. */
const signaturesIn = (pdf: Buffer): { readonly covered: Buffer; readonly cms: Buffer; readonly isTimestamp: boolean }[] =>
  [...pdf.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].map(([, ...numbers]) => {
    const [a, b, c, d] = numbers.map(Number) as [number, number, number, number];
    const cms = withoutPadding(Buffer.from(pdf.toString('latin1', a + b + 1, c - 1), 'hex'));
    const dictionary = pdf.toString('latin1', pdf.lastIndexOf(' obj', a + b), a + b) + pdf.toString('latin1', c, pdf.indexOf('endobj', c));
    return { covered: Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]), cms, isTimestamp: dictionary.includes('ETSI.RFC3161') };
  });

/** Asks openssl about every signature of a PDF: `cms -verify` for signatures, `ts -verify` for timestamps over the document. */
export const askOpenssl = (path: string, rootPem: string): ForeignVerdict[] => {
  const folder = mkdtempSync(join(tmpdir(), 'buffrsign-openssl-'));
  const [covered, signature] = [join(folder, 'covered.bin'), join(folder, 'signature.der')];
  try {
    return signaturesIn(readFileSync(path)).map(({ covered: data, cms, isTimestamp }) => {
      writeFileSync(covered, data);
      writeFileSync(signature, cms);
      const { ok, words } = isTimestamp
        ? run('openssl', ['ts', '-verify', '-data', covered, '-in', signature, '-token_in', '-CAfile', rootPem])
        : run('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', signature, '-content', covered, '-CAfile', rootPem, '-purpose', 'any', '-out', '/dev/null']);
      return { kind: isTimestamp ? 'timestamp' : 'signature', ok, words };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Asks qpdf whether the structure of a PDF is sound; its words when it is not. */
export const complaintsOfQpdf = (path: string): string => {
  const { ok, words } = run('qpdf', ['--check', path]);
  return ok ? '' : words;
};
