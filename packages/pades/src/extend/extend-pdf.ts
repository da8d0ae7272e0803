import { Revision } from '../pdf/revision.ts';
import { Update } from '../pdf/update.ts';
import type { RevocationSource } from '../revocation/source.ts';
import type { Timestamp, TimestampAuthority } from '../tsp/authority.ts';
import { CertificatePool } from '../x509/pool.ts';
import { documentTimestamp } from './document-timestamp.ts';
import { EvidenceCollector } from './evidence.ts';
import { ExtensionFailure } from './failure.ts';
import { SecurityStore, vriKey } from './security-store.ts';
import { readSignatures, type ProvenSignature, type SkippedSignature } from './signatures.ts';

export interface ExtendPdfOptions {
  /** B-LT adds the validation data; B-LTA time-stamps the document with them. */
  readonly level: 'B-LT' | 'B-LTA';
  readonly revocation: RevocationSource;
  /** Roots, DER: of the signers and of the time-stamp authorities. */
  readonly trust: readonly Uint8Array[];
  /** Whoever stamps the document; needed for B-LTA. */
  readonly timestamp?: TimestampAuthority;
  readonly now: Date;
  /** Also lists the validation data signature by signature (/VRI), for old readers; the standard no longer asks for it. */
  readonly vri?: boolean;
  /** Room for the first token of the authority, in bytes. */
  readonly timestampRoom?: number;
}

/** An extension as bytes to append. */
export interface ExtendedUpdate {
  readonly bytes: Buffer;
  /** The document time-stamp; null for B-LT. */
  readonly timestamp: Timestamp | null;
  /** Fields whose signatures were brought to the level. */
  readonly extended: readonly string[];
  /** Signatures of strangers, for which nothing was collected. */
  readonly skipped: readonly SkippedSignature[];
}

/** Extends like {@link extendUpdate} and returns the whole file. It begins with exactly the bytes of `pdf`. */
export async function extendPdf(pdf: Uint8Array, options: ExtendPdfOptions): Promise<Uint8Array> {
  const copy = Buffer.from(pdf);
  const { bytes } = await extendUpdate(copy, options);
  return new Uint8Array(Buffer.concat([copy, bytes]));
}

/**
 * Brings the signatures of a document to PAdES level B-LT or B-LTA: checks them, collects certificates and revocation
 * data made after them into the document security store, and with B-LTA time-stamps the whole. Calling it again later
 * renews the archive: what the file holds already is used, the last time-stamp is provided for and a new one is set.
 *
 * @throws {ExtensionFailure} when the document cannot reach the level, for instance because a signer was revoked.
 * @throws {RevocationUnavailable} when data cannot be had (yet); what the time-stamp authority throws comes through.
 */
export async function extendUpdate(pdf: Uint8Array, options: ExtendPdfOptions): Promise<ExtendedUpdate> {
  const { level, timestamp: authority } = options;
  if (level === 'B-LTA' && !authority) throw new ExtensionFailure('INVALID_OPTION', 'The option is invalid: level B-LTA needs a time-stamp authority.');
  const { bytes: store, extended, skipped } = await storeUpdate(pdf, options);
  if (level === 'B-LT' || !authority) return { bytes: store, timestamp: null, extended, skipped };
  const { bytes, timestamp } = await documentTimestamp(store.length > 0 ? Buffer.concat([pdf, store]) : pdf, authority, options.timestampRoom);
  return { bytes: Buffer.concat([store, bytes]), timestamp, extended, skipped };
}

async function storeUpdate(pdf: Uint8Array, options: ExtendPdfOptions): Promise<Omit<ExtendedUpdate, 'timestamp'>> {
  const { revocation, trust, now, vri = false } = options;
  const revision = new Revision(pdf);
  const store = SecurityStore.read(revision);
  const context = { roots: new CertificatePool(trust), pool: new CertificatePool(store.values('Certs')), now };
  const { proven, skipped } = readSignatures(revision, context);
  if (proven.length === 0) {
    const reasons = skipped.map(({ fieldName, reason }) => ` "${fieldName}": ${reason}`).join('');
    throw new ExtensionFailure('NOTHING_TO_EXTEND', `The document has no signature that leads to a trusted root.${reasons}`);
  }
  const collector = new EvidenceCollector(store, revocation, now);
  for (const path of proven.flatMap(({ paths }) => paths)) collector.ask(path);
  await collector.collect();
  const keys = new Map(proven.map((signature) => [vriKey(signature.contents), keysOf(collector, signature)]));
  const extended = proven.map(({ fieldName }) => fieldName);
  if (!store.hasNews) return { bytes: Buffer.alloc(0), extended, skipped };
  const update = new Update(revision);
  store.write(update, vri ? keys : new Map());
  return { bytes: update.build().bytes, extended, skipped };
}

function keysOf(collector: EvidenceCollector, { paths }: ProvenSignature): Set<string> {
  return new Set(paths.flatMap((path) => collector.keysOf(path)));
}
