import { ATTRIBUTE, checkSigner, digestAlgorithmOf, type CheckedSigner } from '../cms/read-signer.ts';
import { readSignedData, type SignedData } from '../cms/read.ts';
import { attempt, failure, type Finding } from '../finding.ts';
import { Rejection } from '../rejection.ts';
import { readTimestampToken, type TimestampInfo } from '../tsp/token.ts';
import type { HashName } from '../x509/algorithms.ts';
import type { CertificatePool } from '../x509/pool.ts';
import type { Coverage, SignatureValue } from './signature-value.ts';

const ID_DATA = '1.2.840.113549.1.7.1';
/** Detached CMS over the covered bytes. */
const DETACHED: ReadonlySet<string> = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached']);

/** A signature whose CMS was read: what is to be hashed for it is known. */
export interface OpenedSignature {
  readonly value: SignatureValue;
  readonly cms: SignedData;
  readonly token: TimestampInfo | undefined;
  readonly hash: HashName;
  readonly coverage: Coverage;
}

/** Reads the CMS of a signature. Undefined, with findings, when there is nothing that could be checked. */
export function openSignature(value: SignatureValue, findings: Finding[]): OpenedSignature | undefined {
  const { subFilter, isDocTimestamp, coverage, contents } = value;
  if (isDocTimestamp ? subFilter !== 'ETSI.RFC3161' : !DETACHED.has(subFilter ?? '')) {
    findings.push(
      subFilter === 'adbe.pkcs7.sha1' || subFilter === 'adbe.x509.rsa_sha1'
        ? failure('WEAK_ALGORITHM', `The signature is of the kind ${subFilter}: it rests on SHA-1, can be forged and does not count.`)
        : failure('SUBFILTER_UNKNOWN', `The signature is of the kind ${subFilter ?? '(none)'}, which is not known here.`),
    );
    return undefined;
  }
  if (!coverage) return undefined;
  return attempt(findings, () => {
    const cms = readSignedData(contents);
    assertOnlyPadding(contents, cms.length);
    if (isDocTimestamp) {
      const token = readTimestampToken(contents);
      return { value, cms, token, hash: token.hash, coverage };
    }
    if (cms.content) throw new Rejection('CONTENT_NOT_DETACHED', 'The CMS brings content of its own: it does not sign the document.');
    if (cms.contentType !== ID_DATA) throw new Rejection('CONTENT_TYPE_WRONG', 'The CMS does not sign plain data.');
    return { value, cms, token: undefined, hash: digestAlgorithmOf(cms), coverage };
  });
}

/** The room that /Contents leaves must be empty: nobody signed it. */
function assertOnlyPadding(contents: Buffer, length: number): void {
  if (contents.subarray(length).some((byte) => byte !== 0)) {
    throw new Rejection('MALFORMED_CMS', 'There are bytes after the CMS in /Contents that are not padding.');
  }
}

/** Checks the signature value over the digest of the covered bytes. */
export function checkOpened({ cms }: OpenedSignature, digest: Buffer, pool: CertificatePool, findings: Finding[]): CheckedSigner | undefined {
  return attempt(findings, () => checkSigner(cms, digest, pool));
}

/** Why a signature is not of the PAdES baseline; undefined when it is (ETSI EN 319 142-1, 6.3). */
export function baselineObstacle({ value, cms }: OpenedSignature, { binding }: CheckedSigner): string | undefined {
  if (value.subFilter !== 'ETSI.CAdES.detached') return `it is of the kind ${value.subFilter ?? '(none)'}`;
  if (binding !== 'v2') return 'it does not name its certificate by signing-certificate-v2';
  if (cms.signer.signedAttributes.has(ATTRIBUTE.signingTime)) return 'it has a signing-time attribute';
  if (!value.dict.entries.has('M')) return 'it claims no time in /M';
  if (value.dict.entries.has('Cert')) return 'it has a /Cert entry';
  return undefined;
}
