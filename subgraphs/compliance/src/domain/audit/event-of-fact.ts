import { commit, EVENT_FORMAT, type AuditEvent, type Json } from '@buffrsign/transparency';
import type { AuditedKind } from './audited-kind.ts';
import { divideFields } from './field-rule.ts';

/** Something that happened, as it was told. */
export interface Told {
  readonly factId: string;
  readonly kind: string;
  readonly subject: string;
  readonly organizationId: string;
  readonly occurredAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Where the next event stands: what comes before it in the trail, and in its thread. */
export interface Place {
  readonly sequence: number;
  readonly previous: string | null;
  readonly thread: { readonly number: number; readonly previous: string | null };
}

/** Personal data with the salt that hides them in their commitment. */
export interface SaltedData {
  readonly subject: string;
  readonly salt: Uint8Array;
  readonly data: Json;
}

/** Everything but where it stands. */
export interface PreparedEvent {
  readonly event: Omit<AuditEvent, 'sequence' | 'previous' | 'thread' | 'recordedAt'>;
  readonly threadId: string;
  readonly personal: readonly SaltedData[];
}

/** Ids by what they are of, under whatever name a fact has them. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  envelope: ['envelopeId'],
  document: ['documentId'],
  recipient: ['recipientId', 'declinedBy'],
  user: ['userId', 'senderId', 'uploadedBy', 'deletedBy', 'grantedById', 'revokedById', 'erasedById'],
};

const aboutOf = (data: Told['data']): AuditEvent['about'] =>
  Object.fromEntries(
    Object.entries(ABOUT).flatMap(([what, fields]) => {
      const id = fields.map((field) => data[field]).find((value) => typeof value === 'string');
      return typeof id === 'string' ? [[what, id]] : [];
    }),
  );

const filesOf = ({ files = {} }: AuditedKind, data: Told['data']): AuditEvent['files'] =>
  Object.entries(files).flatMap(([field, role]) => {
    const sha256 = data[field];
    // What is not a digest (of an older fact, say) stays among the data, where it is hashed as it is.
    return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) ? [{ role, sha256 }] : [];
  });

/** Makes an event of a fact. Pure but for the salts, which are given. */
export const prepareEvent = (kind: AuditedKind, told: Told, newSalt: () => Uint8Array): PreparedEvent => {
  const thing = kind.thing === undefined ? told.subject : String(told.data[kind.thing] ?? told.subject);
  const { hashed, personal } = divideFields(kind, thing, told.data);
  const salted = [...personal].map(([subject, data]) => ({ subject, salt: newSalt(), data }));
  return {
    threadId: thing,
    personal: salted,
    event: {
      format: EVENT_FORMAT,
      organization: told.organizationId,
      kind: told.kind,
      ends: kind.ends ?? false,
      occurredAt: told.occurredAt.toISOString(),
      factId: told.factId,
      about: aboutOf(told.data),
      files: filesOf(kind, told.data),
      data: { ...hashed },
      personal: salted.map(({ subject, salt, data }) => ({ subject, commitment: commit(data, salt).toString('hex') })),
    },
  };
};

/** The event at its place. */
export const placeEvent = ({ event, threadId }: PreparedEvent, { sequence, previous, thread }: Place, recordedAt: Date): AuditEvent => ({
  ...event,
  sequence,
  previous,
  thread: { id: threadId, ...thread },
  recordedAt: recordedAt.toISOString(),
});
