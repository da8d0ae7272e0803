import { hex } from '../bytes.ts';
import { parseBundle, type EvidenceBundle } from './bundle.ts';
import { checkAnchor, checkCheckpoint, type CheckpointOptions } from './check-checkpoint.ts';
import { checkEvents, type CheckedEvents } from './check-events.ts';
import { error, warning, type EvidenceReport, type Finding } from './report.ts';

export interface VerifyOptions extends CheckpointOptions {
  /** SHA-256 of the sealed PDF that you hold, hexadecimal: the evidence must be about that one. */
  readonly sealedSha256?: string;
}

/** The role of a file that an envelope was sealed into. */
const SEALED = 'SEALED';

/** Clocks may disagree by as much. */
const CLOCK_TOLERANCE_MS = 60_000;

type File = EvidenceReport['files'][number];

const filesOf = ({ events }: CheckedEvents): readonly File[] => {
  const files = events.filter(({ report }) => report.included).flatMap(({ event }) => event.files);
  return [...new Map(files.map((file) => [`${file.role} ${file.sha256}`, file])).values()];
};

const aboutFiles = (proven: readonly File[], listed: readonly File[], wanted: string | undefined): readonly Finding[] => {
  const known = new Set(proven.map(({ role, sha256 }) => `${role} ${sha256}`));
  const differ = listed.filter(({ role, sha256 }) => !known.has(`${role} ${sha256}`)).map(({ role }) => error('FILES_DIFFER', `The bundle lists a file (${role}) that none of its events names.`));
  if (wanted === undefined) return differ;
  const sealed = proven.filter(({ role }) => role === SEALED);
  if (sealed.length === 0) return [...differ, error('SEALED_FILE_UNKNOWN', 'No event here names a sealed file, so it cannot be said whose evidence this is.')];
  return sealed.some(({ sha256 }) => sha256 === wanted.toLowerCase()) ? differ : [...differ, error('SEALED_FILE_DIFFERS', 'The file is not the one that was sealed: its SHA-256 is another.')];
};

const aboutTime = ({ events }: CheckedEvents, anchoredAt: Date | null): readonly Finding[] => {
  if (!anchoredAt) return [];
  const late = events.filter(({ event }) => Date.parse(event.recordedAt) > anchoredAt.getTime() + CLOCK_TOLERANCE_MS);
  return late.map(({ event: { sequence } }) => warning('RECORDED_AFTER_TIMESTAMP', `Event ${sequence} says that it was recorded after the moment that the timestamp proves: the clock of the log was ahead.`));
};

/**
 * Checks evidence of one envelope, offline. It trusts nothing in the bundle but what follows from the keys and the
 * checker of timestamps that it is given; without them it says in warnings what was not shown.
 *
 * @throws TransparencyRefusal when the text is no evidence bundle; everything else is a finding.
 */
export const verifyEvidence = (evidence: string | EvidenceBundle, options: VerifyOptions = {}): EvidenceReport => {
  const bundle = typeof evidence === 'string' ? parseBundle(evidence) : parseBundle(JSON.stringify(evidence));
  const { checkpoint, signedBy, findings: ofCheckpoint } = checkCheckpoint(bundle, options);
  const checked = checkEvents(bundle, checkpoint);
  const anchor = checkAnchor(bundle, options);
  const files = filesOf(checked);
  const findings = [...ofCheckpoint, ...anchor.findings, ...checked.findings, ...aboutFiles(files, bundle.files, options.sealedSha256), ...aboutTime(checked, anchor.anchoredAt)];
  return {
    verdict: findings.some(({ severity }) => severity === 'ERROR') ? 'INVALID' : 'VALID',
    organization: bundle.organization,
    envelope: bundle.envelope,
    events: checked.events.map(({ report }) => report),
    checkpoint: checkpoint && { origin: checkpoint.origin, size: checkpoint.size, root: hex(checkpoint.root), signedBy },
    anchoredAt: anchor.anchoredAt,
    authority: anchor.authority,
    files,
    findings,
  };
};
