import { createHash } from 'node:crypto';
import { PdfRefusal, verifyPdf, verifyTimestampToken, type Verification } from '@buffrsign/pades';
import { TransparencyRefusal, verifyEvidence, type EvidenceReport, type TimestampAnswer } from '@buffrsign/transparency';
import { readInput } from './input.ts';

/** What came out for one file. `error` stands instead of a verification when the file cannot be read. */
export interface FileResult {
  readonly file: string;
  readonly exitCode: 0 | 1 | 2;
  readonly verification: Verification | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly evidence?: EvidenceReport | { readonly error: { readonly code: string; readonly message: string } };
}

export interface CheckOptions {
  readonly trust: readonly Uint8Array[];
  readonly timestampTrust: readonly Uint8Array[];
  readonly now: Date;
  readonly evidence: string | undefined;
  readonly logKeys: readonly string[];
}

export function checkFile(file: string, options: CheckOptions): FileResult {
  const pdf = readInput(file);
  const ofPdf = checkPdf(file, pdf, options);
  if (options.evidence === undefined) return ofPdf;
  const evidence = checkEvidence(options.evidence, pdf, options);
  const ofEvidence = 'error' in evidence ? 2 : evidence.verdict === 'VALID' ? 0 : 1;
  return { ...ofPdf, exitCode: Math.max(ofPdf.exitCode, ofEvidence) as 0 | 1 | 2, evidence };
}

function checkPdf(file: string, pdf: Buffer, { trust, timestampTrust, now }: CheckOptions): FileResult {
  try {
    const verification = verifyPdf(pdf, { trust, now, ...(timestampTrust.length > 0 && { timestampTrust }) });
    return { file, exitCode: verification.verdict === 'VALID' ? 0 : 1, verification, error: null };
  } catch (error) {
    if (!(error instanceof PdfRefusal)) throw error;
    return { file, exitCode: 2, verification: null, error: { code: error.code, message: error.message } };
  }
}

function checkEvidence(path: string, pdf: Buffer, options: CheckOptions): NonNullable<FileResult['evidence']> {
  const text = readInput(path).toString('utf8');
  try {
    return verifyEvidence(text, {
      sealedSha256: createHash('sha256').update(pdf).digest('hex'),
      ...(options.logKeys.length > 0 && { logKeys: options.logKeys }),
      verifyTimestamp: (token, digest) => answer(token, digest, options),
    });
  } catch (error) {
    if (!(error instanceof TransparencyRefusal)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

function answer(token: Uint8Array, digest: Uint8Array, { trust, timestampTrust, now }: CheckOptions): TimestampAnswer {
  const { trusted, genTime, authority, findings } = verifyTimestampToken(token, digest, { trust: timestampTrust.length > 0 ? timestampTrust : trust, now });
  const [first] = findings;
  return { ok: trusted, time: genTime, authority, ...(first && { message: first.message }) };
}
