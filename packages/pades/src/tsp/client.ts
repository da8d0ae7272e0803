import { randomBytes } from 'node:crypto';
import { systemClock } from '../clock.ts';
import { DerError, readDer } from '../der/read.ts';
import { unsignedInteger } from '../der/write.ts';
import { NoAnswer, ask, type Fetch } from '../http/ask.ts';
import { CertificatePool } from '../x509/pool.ts';
import type { Timestamp, TimestampAuthority } from './authority.ts';
import { TimestampRefused, TimestampUnavailable, type TimestampRefusalCode } from './errors.ts';
import { readTimestampResponse, timestampRequest } from './exchange.ts';
import { CLOCK_SKEW_MS, verifyTimestampToken } from './token.ts';

export interface TimestampClientOptions {
  readonly url: string;
  /** Roots, DER, that the authority's certificate must lead to. */
  readonly trust: readonly Uint8Array[];
  /** For one exchange; 10 seconds by default. */
  readonly timeoutMs?: number;
  /** What an authority with accounts wants to see, `Authorization` for instance. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For messages and reports; by default the host. */
  readonly name?: string;
  readonly fetch?: Fetch;
  readonly now?: () => Date;
}

const TIMEOUT_MS = 10_000;
/** With all certificates a token has less than 10 KB. */
const ANSWER_BYTES_MAX = 128 * 1024;
const NONCE_BYTES = 16;

/**
 * A time-stamp authority reached over HTTP (RFC 3161). Nothing it says is taken on trust: the status, the imprint, the
 * nonce, the signature, the purpose of its certificate, the path to a root and the time are checked before a token is
 * handed out.
 */
export function createTimestampClient(options: TimestampClientOptions): TimestampAuthority {
  const { url, timeoutMs = TIMEOUT_MS, headers = {}, fetch = globalThis.fetch, now = systemClock } = options;
  const name = options.name ?? hostOf(url);
  const trust = new CertificatePool(options.trust);

  const exchange = async (body: Buffer): Promise<Buffer> => {
    const types = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
    try {
      return await ask({ url, body, headers: { ...types, ...headers }, timeoutMs, bytesMax: ANSWER_BYTES_MAX, fetch });
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      throw new TimestampUnavailable([{ authority: name, reason: cause.message }], { cause });
    }
  };

  return {
    name,
    timestamp: async (digest) => {
      const nonce = randomBytes(NONCE_BYTES);
      const response = await exchange(timestampRequest(digest, nonce));
      return checkedAnswer(response, { name, digest, nonce, trust, now: now() });
    },
  };
}

interface Expectation {
  readonly name: string;
  readonly digest: Uint8Array;
  readonly nonce: Buffer;
  readonly trust: CertificatePool;
  readonly now: Date;
}

/** Codes of findings about a token, as reasons to refuse it; all others are about its path. */
const REASONS: Readonly<Record<string, TimestampRefusalCode>> = {
  MALFORMED_TIMESTAMP: 'MALFORMED',
  MALFORMED_CMS: 'MALFORMED',
  TIMESTAMP_IMPRINT_MISMATCH: 'IMPRINT',
  TIMESTAMP_IN_FUTURE: 'TIME',
};

function checkedAnswer(response: Buffer, { name, digest, nonce, trust, now }: Expectation): Timestamp {
  const refuse = (code: TimestampRefusalCode, reason: string, cause?: unknown) => new TimestampRefused(code, name, reason, { cause });
  const token = tokenOf(response, refuse);
  const report = verifyTimestampToken(token, digest, { trust, now });
  const { info, genTime } = report;
  if (!report.trusted || !info || !genTime) {
    const finding = report.findings[0];
    throw refuse(REASONS[finding?.code ?? ''] ?? (report.intact ? 'UNTRUSTED' : 'SIGNATURE'), finding?.message ?? 'It does not verify.');
  }
  if (info.hash !== 'sha256') throw refuse('IMPRINT', 'The token is about a digest of another kind.');
  if (!info.nonce?.equals(readDer(unsignedInteger(nonce)).content)) throw refuse('NONCE', 'The token is not the answer to this question.');
  if (Math.abs(genTime.getTime() - now.getTime()) > CLOCK_SKEW_MS) {
    throw refuse('TIME', `The token says ${genTime.toISOString()}, and here it is ${now.toISOString()}.`);
  }
  return { token, genTime, authority: name };
}

function tokenOf(response: Buffer, refuse: (code: TimestampRefusalCode, reason: string, cause?: unknown) => TimestampRefused): Buffer {
  try {
    const answer = readTimestampResponse(response);
    if ('token' in answer) return answer.token;
    throw refuse('STATUS', `It refused with status ${answer.status}${answer.text ? ` (${answer.text})` : ''}.`);
  } catch (cause) {
    if (cause instanceof DerError) throw refuse('MALFORMED', 'It is no time-stamp response.', cause);
    throw cause;
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
