import { fromBase64, sha256 } from '../bytes.ts';
import { parseCheckpoint, type Checkpoint } from '../note/checkpoint.ts';
import { formatVerifierKey, noteKey, parseVerifierKey, type NoteKey } from '../note/key.ts';
import { verifyNote, type SignedNote } from '../note/signed-note.ts';
import { TransparencyRefusal } from '../refusal.ts';
import type { EvidenceBundle } from './bundle.ts';
import { error, warning, type EvidenceReport, type Finding } from './report.ts';

/** What a checker of RFC 3161 tokens says of one. */
export interface TimestampAnswer {
  readonly ok: boolean;
  readonly time: Date | null;
  readonly authority: string | null;
  /** Why it is not good. */
  readonly message?: string;
}

export interface CheckpointOptions {
  /** Keys that you know to be the log's, `name+id+key`. */
  readonly logKeys?: readonly string[];
  /** Checks an RFC 3161 token (DER) against a SHA-256 digest, by roots that you trust. */
  readonly verifyTimestamp?: (token: Uint8Array, digest: Uint8Array) => TimestampAnswer;
}

export interface CheckedCheckpoint {
  readonly checkpoint: Checkpoint | null;
  readonly signedBy: string | null;
  readonly findings: readonly Finding[];
}

/** Keys as texts; one that cannot be read is as good as none. */
const keysOf = (texts: readonly string[]): readonly NoteKey[] =>
  texts.flatMap((text) => {
    try {
      return [parseVerifierKey(text)];
    } catch (failure) {
      if (failure instanceof TransparencyRefusal) return [];
      throw failure;
    }
  });

/**
 * The keys as they sign for an origin. A platform keeps a log for each organization, `name/organization`, and signs them
 * all with the one key that it publishes under `name`.
 */
const forOrigin = (keys: readonly NoteKey[], origin: string): readonly NoteKey[] => keys.filter(({ name }) => origin === name || origin.startsWith(`${name}/`)).map(({ publicKey }) => noteKey(origin, publicKey));

const signedBy = (note: SignedNote, origin: string, bundled: readonly string[], trusted: readonly string[] | undefined): { readonly key: NoteKey | null; readonly findings: readonly Finding[] } => {
  const keys = forOrigin(keysOf(trusted ?? bundled), origin);
  const verdict = verifyNote(note, keys);
  if (verdict.outcome === 'FORGED') return { key: null, findings: [error('CHECKPOINT_FORGED', 'The signature of the checkpoint is not one of the key that it names: the checkpoint was changed.')] };
  if (verdict.outcome === 'UNKNOWN_KEY') return { key: null, findings: [error('LOG_KEY_UNKNOWN', trusted ? 'The checkpoint is not signed by a log key that you gave.' : 'The checkpoint is not signed by a log key that came with it.')] };
  if (trusted) return { key: verdict.key, findings: [] };
  return { key: verdict.key, findings: [warning('LOG_KEY_NOT_GIVEN', 'The checkpoint was checked with the key that came with it. Compare that key with the one that the log publishes.')] };
};

/** Checks what the checkpoint says of itself, and who signed it. */
export const checkCheckpoint = ({ organization, checkpoint: { note: text }, logKeys: bundled }: EvidenceBundle, { logKeys }: CheckpointOptions): CheckedCheckpoint => {
  let read: ReturnType<typeof parseCheckpoint>;
  try {
    read = parseCheckpoint(text);
  } catch (failure) {
    if (!(failure instanceof TransparencyRefusal)) throw failure;
    return { checkpoint: null, signedBy: null, findings: [error('CHECKPOINT_UNREADABLE', failure.message)] };
  }
  const { checkpoint, note } = read;
  const ofOrganization = checkpoint.origin === organization || checkpoint.origin.endsWith(`/${organization}`);
  const foreign = ofOrganization ? [] : [error('CHECKPOINT_OF_ANOTHER_LOG', `The checkpoint is one of ${checkpoint.origin}, not of the trail of ${organization}.`)];
  const { key, findings } = signedBy(note, checkpoint.origin, bundled, logKeys);
  return { checkpoint, signedBy: key && formatVerifierKey(key), findings: [...foreign, ...findings] };
};

type Anchored = Pick<EvidenceReport, 'anchoredAt' | 'authority' | 'findings'>;

const unproven = (finding: Finding): Anchored => ({ anchoredAt: null, authority: null, findings: [finding] });

/** What the token is over: SHA-256 of the whole note. */
export const anchorDigest = (note: string): Uint8Array => sha256(Buffer.from(note, 'utf8'));

/** Checks the timestamp of the checkpoint, with the checker that was given. */
export const checkAnchor = ({ checkpoint: { note, anchor } }: EvidenceBundle, { verifyTimestamp }: CheckpointOptions): Anchored => {
  if (!anchor) return unproven(warning('NOT_ANCHORED', 'The checkpoint has no timestamp yet: that it was there at a moment is said by the log alone.'));
  const token = fromBase64(anchor.token);
  if (!token) return unproven(error('TIMESTAMP_INVALID', 'The timestamp is not base64.'));
  if (!verifyTimestamp) return unproven(warning('TIMESTAMP_NOT_CHECKED', 'The timestamp of the checkpoint was not checked, for no roots were given.'));
  const { ok, time, authority, message } = verifyTimestamp(token, anchorDigest(note));
  if (!ok || !time) return unproven(error('TIMESTAMP_INVALID', `The timestamp of the checkpoint does not hold${message ? `: ${message}` : '.'}`));
  return { anchoredAt: time, authority, findings: [] };
};

/** The key of a log as it signs for one of its origins, as text. */
export const verifierKeyFor = (origin: string, publicKey: Uint8Array): string => formatVerifierKey(noteKey(origin, publicKey));
