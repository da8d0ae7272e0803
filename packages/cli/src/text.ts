import type { Finding, SignatureReport, Verification } from '@buffrsign/pades';
import type { EvidenceReport } from '@buffrsign/transparency';
import type { FileResult } from './check.ts';
import { printable, rows } from './layout.ts';

interface Style {
  readonly width: number;
  readonly hasRoots: boolean;
}

const LEVELS: Readonly<Record<string, string>> = {
  'B-B': 'B-B: signed; the time is only claimed',
  'B-T': 'B-T: signed, and the time proven',
  'B-LT': 'B-LT: signed, time proven, and the file holds what it takes to check it without asking anyone',
  'B-LTA': 'B-LTA: as B-LT, and a time stamp protects all of it for long',
};
const KINDS = { CERTIFICATION: 'certifies the document', APPROVAL: 'signs', DOC_TIMESTAMP: 'time stamp over the document' } as const;
const REVOCATION = { GOOD: 'not revoked', REVOKED: 'REVOKED', UNKNOWN: 'unknown (the file holds no answer)' } as const;

/** What is true of one file, in plain words. */
export function describeResult(result: FileResult, style: Style): string {
  const head = `${printable(result.file)}\n`;
  const { verification, error, evidence } = result;
  const body = verification ? describeVerification(verification, style) : rows([['cannot be read', `${error?.message ?? ''} (${error?.code ?? ''})`]], { indent: 2, width: style.width });
  return head + body + (evidence ? describeEvidence(evidence, style) : '');
}

function describeVerification(verification: Verification, style: Style): string {
  const { signatures, findings, revisions } = verification;
  const about: [string, string][] = [['verdict', verdictOf(verification, style)]];
  if (signatures.length > 0) about.push(['level', LEVELS[verification.level ?? ''] ?? 'none: not a PAdES baseline signature']);
  about.push(['revisions', String(revisions)], ...findings.map(findingRow));
  return rows(about, { indent: 2, width: style.width }) + signatures.map((signature, i) => describeSignature(signature, i + 1, style)).join('');
}

function verdictOf({ verdict, signatures }: Verification, { hasRoots }: Style): string {
  if (verdict === 'UNSIGNED') return 'UNSIGNED: nobody has signed this document';
  if (verdict === 'VALID') return 'VALID: every signature is intact and trusted, and nothing was changed since that may not be';
  if (!signatures.every(({ intact }) => intact)) return 'INVALID: a signature does not belong to what the document holds';
  if (signatures.some(({ changesSince }) => changesSince.some(({ permitted }) => !permitted))) return 'INVALID: the document was changed after it was signed';
  if (!hasRoots) return 'INVALID: intact, but not trusted: give --trust with the roots that you trust';
  return 'INVALID: see the errors below';
}

function describeSignature(signature: SignatureReport, number: number, style: Style): string {
  const { signer, kind, fieldName, timestamp, provenAt, claimedAt, level } = signature;
  const isStamp = kind === 'DOC_TIMESTAMP';
  const pairs: [string, string][] = [
    [isStamp ? 'authority' : 'signer', signer ? identity(signer) : 'unknown: the signature could not be checked'],
    ...(signer ? [['issued by', `${signer.issuer} (certificate ${signer.serialNumber})`] as [string, string]] : []),
    ...(claimedAt ? [['claims', `signed at ${claimedAt.toISOString()}`] as [string, string]] : []),
    ['proven', provenAt ? `it existed at ${provenAt.toISOString()}` : 'nothing proves when it was signed'],
    ...(timestamp && !isStamp ? [['time stamp', `${timestamp.genTime.toISOString()} by ${timestamp.authority}${timestamp.trusted ? '' : ' (does not count)'}`] as [string, string]] : []),
    ...(signature.reason ? [['reason', signature.reason] as [string, string]] : []),
    ...(signature.location ? [['location', signature.location] as [string, string]] : []),
    ...(isStamp ? [] : [['level', LEVELS[level ?? ''] ?? 'none'] as [string, string]]),
    ['intact', signature.intact ? `yes (${signature.algorithm})` : 'NO'],
    ['trusted', trustedText(signature, style)],
    ...(isStamp ? [] : [['certificate', REVOCATION[signature.revocation]] as [string, string]]),
    ['since then', changesText(signature)],
    ...signature.findings.map(findingRow),
  ];
  return `\n  ${number}. ${printable(fieldName || '(no name)')}: ${KINDS[kind]}\n${rows(pairs, { indent: 5, width: style.width })}`;
}

function trustedText({ trusted, intact }: SignatureReport, { hasRoots }: Style): string {
  if (trusted) return 'yes, by your roots';
  if (!hasRoots) return 'NO: give --trust with the roots that you trust';
  return intact ? 'NO' : 'NO: it could not be checked';
}

function identity({ commonName, organization, email }: NonNullable<SignatureReport['signer']>): string {
  return [commonName ?? '(no name)', organization, email && `<${email}>`].filter(Boolean).join(', ');
}

function changesText({ changesSince, coversWholeFile }: SignatureReport): string {
  if (coversWholeFile) return 'nothing: it covers the whole file';
  if (changesSince.length === 0) return 'nothing that counts';
  const illegal = changesSince.filter(({ permitted }) => !permitted).length;
  const permitted = changesSince.length - illegal;
  const legal = permitted > 0 ? `${permitted} permitted (signing on, filling in, evidence)` : '';
  return [illegal > 0 ? `${illegal} ILLEGAL` : '', legal].filter(Boolean).join(', ');
}

function findingRow({ severity, code, message }: Pick<Finding, 'severity' | 'code' | 'message'>): [string, string] {
  return [severity === 'ERROR' ? 'ERROR' : 'warning', `${message} (${code})`];
}

function describeEvidence(evidence: NonNullable<FileResult['evidence']>, { width }: Style): string {
  const pairs: [string, string][] = 'error' in evidence ? [['cannot be read', `${evidence.error.message} (${evidence.error.code})`]] : evidenceRows(evidence);
  return `\n  Evidence of the audit trail\n${rows(pairs, { indent: 5, width })}`;
}

function evidenceRows({ verdict, envelope, organization, events, checkpoint, anchoredAt, authority, findings }: EvidenceReport): [string, string][] {
  return [
    ['verdict', verdict === 'VALID' ? 'VALID: the events are in the log, in order, and about this file' : 'INVALID: see the errors below'],
    ['envelope', `${envelope} of ${organization}`],
    ['events', `${events.filter(({ included }) => included).length} of ${events.length} proven to be in the log`],
    ['checkpoint', checkpoint ? `${checkpoint.origin}, ${checkpoint.size} entries, signed by ${checkpoint.signedBy ?? 'nobody known'}` : 'cannot be read'],
    ['proven', anchoredAt ? `the log was so at ${anchoredAt.toISOString()} (${authority ?? ''})` : 'no time stamp proves when the log was so'],
    ...findings.map(findingRow),
  ];
}
