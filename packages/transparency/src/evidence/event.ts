import { z } from 'zod';
import { hex, sha256 } from '../bytes.ts';
import { canonicalBytes, type Json } from '../canonical.ts';
import { hashLeaf } from '../merkle/hash.ts';

/** What an event says that it is, so that nothing else that was hashed can be taken for one. */
export const EVENT_FORMAT = 'audit-event/1';

export const sha256Model = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, lower case');
const moment = z.iso.datetime();
const idModel = z.string().min(1).max(255);
const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;

/**
 * An event of an audit trail, as far as it is hashed. It holds no personal data, only commitments to them.
 *
 * The trail of an organization is one chain and one tree. Each event is also part of a thread, that of the one thing
 * that it is about: numbered and chained within the trail, so that the thread of an envelope can be handed out alone and
 * still shows when an event in its middle is missing.
 */
export const eventModel = z.strictObject({
  format: z.literal(EVENT_FORMAT),
  organization: idModel,
  /** Place in the trail, from 0: also the index of its leaf in the tree. */
  sequence: z.int().min(0),
  /** Hash of the event before it in the trail; null for the first. */
  previous: sha256Model.nullable(),
  thread: z.strictObject({
    /** Id of the thing that the thread is about. */
    id: idModel,
    /** Place in the thread, from 0. */
    number: z.int().min(0),
    /** Hash of the event before it in the thread; null for the first. */
    previous: sha256Model.nullable(),
  }),
  /** What kind of thing happened. */
  kind: z.string().min(1).max(255),
  /** Whether nothing more is expected in the thread after it. */
  ends: z.boolean(),
  occurredAt: moment,
  recordedAt: moment,
  /** Id of the message by which it was told. */
  factId: idModel,
  /** Ids of what it is about, by what they are: `document`, `recipient`. */
  about: z.record(z.string().max(64), idModel),
  /** Files that it names, by what they are: `SEALED`. */
  files: z.array(z.strictObject({ role: z.string().min(1).max(64), sha256: sha256Model })).max(64),
  /** What else is known of it and is about nobody. */
  data: z.record(z.string(), json),
  /** Commitments to personal data, each by the id of whom or what they are about. */
  personal: z.array(z.strictObject({ subject: idModel, commitment: sha256Model })).max(1_000),
});

export type AuditEvent = z.output<typeof eventModel>;

export interface EventHashes {
  /** The event in canonical JSON: what every hash is over. */
  readonly bytes: Buffer;
  /** SHA-256 of the bytes: what the next event of the trail, and of the thread, name as `previous`. */
  readonly hash: string;
  /** The leaf in the tree, over the same bytes. */
  readonly leafHash: Buffer;
}

/** The hashes of an event. */
export const hashEvent = (event: AuditEvent): EventHashes => {
  const bytes = canonicalBytes(event as Json);
  return { bytes, hash: hex(sha256(bytes)), leafHash: hashLeaf(bytes) };
};
