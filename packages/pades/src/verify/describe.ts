import { failure, type Finding } from '../finding.ts';
import type { Revision } from '../pdf/revision.ts';
import { textOf } from '../pdf/text-string.ts';
import { EXTENSION, type Certificate } from '../x509/certificate.ts';
import { displayName, emailOf, namePartsOf } from '../x509/names.ts';
import type { Change, SignatureReport, SignerIdentity } from './report.ts';
import { apply, type Rules } from './rules.ts';
import type { SignatureValue } from './signature-value.ts';
import type { Timeline } from './timeline.ts';

type Description = Pick<SignatureReport, 'kind' | 'fieldName' | 'signer' | 'claimedAt' | 'reason' | 'location' | 'coversWholeFile'>;

/** What a signature says of itself, and whose certificate it is. */
export function describe(document: Revision, { field, dict, coverage, isDocTimestamp }: SignatureValue, isCertification: boolean, certificate: Certificate | null): Description {
  const text = (key: string): string | null => {
    const value = document.resolve(dict.entries.get(key));
    return value.type === 'string' ? textOf(value) : null;
  };
  return {
    kind: isDocTimestamp ? 'DOC_TIMESTAMP' : isCertification ? 'CERTIFICATION' : 'APPROVAL',
    fieldName: field.name,
    signer: certificate && identityOf(certificate),
    claimedAt: dateOf(text('M')),
    reason: text('Reason'),
    location: text('Location'),
    coversWholeFile: coverage?.end === document.bytes.length,
  };
}

function identityOf(certificate: Certificate): SignerIdentity {
  const { commonName, organization, email } = namePartsOf(certificate.subject);
  return {
    commonName,
    organization,
    email: emailOf(certificate.extensions.get(EXTENSION.subjectAltName)?.value) ?? email,
    serialNumber: certificate.serial.toString('hex'),
    issuer: displayName(certificate.issuer),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    sha256: certificate.sha256,
  };
}

const DATE = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?/;

/** A date of PDF (ISO 32000-1, 7.9.4); null when it is none. */
export function dateOf(text: string | null): Date | null {
  const match = text === null ? null : DATE.exec(text);
  if (!match) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, hours = '0', minutes = '0'] = match;
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return Number.isNaN(local) ? null : new Date(local - (sign ? offset : 0));
}

/** What changed since a signature, held against what it and those before it permit. */
export function changesSince({ coverage }: SignatureValue, rules: Rules, { steps }: Timeline): Change[] {
  if (!coverage) return [];
  return steps.filter(({ step }) => step.old.bytes.length >= coverage.end).flatMap(({ step, changes }) => changes.map((change) => apply(rules, step, change)));
}

/** One finding for each kind of change that is not permitted. */
export function findingsOf(changes: readonly Change[]): Finding[] {
  const byKind = new Map<string, Change[]>();
  for (const change of changes) if (!change.permitted) byKind.set(change.kind, [...(byKind.get(change.kind) ?? []), change]);
  return [...byKind].map(([kind, [first, ...more]]) => failure(kind, `Changed after signing: ${first?.description ?? ''}${more.length > 0 ? ` (and ${more.length} more of this kind)` : ''}`));
}
