import { ATTRIBUTE } from '../cms/read-signer.ts';
import type { SignedData } from '../cms/read.ts';
import { inside } from '../der/fields.ts';
import { childrenOf } from '../der/read.ts';
import { VERIFICATION_LIMITS } from '../limits.ts';
import { decodeStream } from '../pdf/filters.ts';
import type { PdfDict } from '../pdf/objects.ts';
import type { Revision } from '../pdf/revision.ts';
import { Rejection, reading } from '../rejection.ts';
import { certificatesInOcsp } from '../revocation/ocsp.ts';
import { tooComplex } from '../refusal.ts';
import type { CertificatePool } from '../x509/pool.ts';

/** An answer about revocation, and where it came from. */
export interface StoredAnswer {
  readonly kind: 'OCSP' | 'CRL';
  readonly der: Buffer;
  /** First byte of its stream in the file; undefined when a CMS holds it. */
  readonly offset: number | undefined;
}

/** The document security store (ISO 32000-2, 12.8.4.3): evidence that the document brings along. */
export interface Evidence {
  readonly answers: readonly StoredAnswer[];
}

/** Reads the DSS of a revision; its certificates go into the pool. */
export function readEvidence(revision: Revision, pool: CertificatePool): Evidence {
  const dss = revision.optionalDict(revision.catalog.entries.get('DSS'), '/DSS');
  if (!dss) return { answers: [] };
  for (const { der } of streamsIn(revision, dss, 'Certs')) pool.add(der);
  const answers: StoredAnswer[] = [
    ...streamsIn(revision, dss, 'OCSPs').map((stream) => ({ kind: 'OCSP' as const, ...stream })),
    ...streamsIn(revision, dss, 'CRLs').map((stream) => ({ kind: 'CRL' as const, ...stream })),
  ];
  for (const { kind, der } of answers) if (kind === 'OCSP') for (const certificate of certificatesInOcsp(der)) pool.add(certificate);
  return { answers };
}

function streamsIn(revision: Revision, dss: PdfDict, key: string): { der: Buffer; offset: number }[] {
  const { items } = revision.array(dss.entries.get(key), `/${key} of the DSS`);
  if (items.length > VERIFICATION_LIMITS.revocationAnswers) throw tooComplex('it brings too much evidence along');
  return items.flatMap((item) => {
    const stream = revision.resolve(item);
    return stream.type === 'stream' ? [{ der: decodeStream(revision.bytes, stream, revision.budget), offset: stream.start }] : [];
  });
}

/** Answers inside a CMS: the CRLs of SignedData, and Adobe's signed attribute. */
export function answersIn(cms: SignedData): StoredAnswer[] {
  const crls = cms.revocation.flatMap(({ tag, bytes }) => (tag === 0x30 ? [{ kind: 'CRL' as const, der: bytes, offset: undefined }] : []));
  const archival = cms.signer.signedAttributes.get(ATTRIBUTE.adobeRevocation)?.[0];
  if (!archival) return crls;
  try {
    const lists = reading('MALFORMED_REVOCATION', 'The revocation data of the CMS', () => childrenOf(archival).map((list) => ({ tag: list.tag, items: childrenOf(inside(list)) })));
    const of = (wanted: number, kind: StoredAnswer['kind']): StoredAnswer[] =>
      lists.flatMap(({ tag, items }) => (tag === wanted ? items.map(({ bytes }) => ({ kind, der: bytes, offset: undefined })) : []));
    return [...crls, ...of(0xa0, 'CRL'), ...of(0xa1, 'OCSP')];
  } catch (error) {
    // Optional data that cannot be read are data that are missing.
    if (error instanceof Rejection) return crls;
    throw error;
  }
}
