import { readCursor } from '@buffrsign/kernel/gateway';

/** Somebody who follows one envelope, over one transport, however often the way there breaks. */
export interface Watcher {
  readonly seen: Seen;
  /** Resolves when it has been told where the envelope stands. */
  readonly begun: Promise<void>;
  /** Closes its stream, and opens another from the last cursor, as an application does that was closed meanwhile. */
  comeBack(): void;
  leave(): void;
}

export type Transport = 'graphql-ws' | 'SSE' | 'multipart';

/** What comes with the faults. */
export type Occurrence = 'token run out' | `taken up again over ${Transport}`;

export interface WatcherOptions {
  readonly port: number;
  /** A new access token. */
  readonly tokenOf: () => string;
  readonly happened: (what: Occurrence) => void;
  readonly random: () => number;
}

/** What a watcher was told. */
export interface Seen {
  readonly transport: Transport;
  readonly envelopeId: string;
  /** Where the envelope's log was when it began; nothing as long as it has not. */
  start: bigint | undefined;
  readonly events: { readonly sequence: bigint; readonly kind: string }[];
  /** What must not have been: errors, gaps, an end. */
  readonly faults: string[];
  cursor: string | undefined;
}

/** Asked for in one text by all, so that whoever is the same person shares. */
export const FOLLOW = 'subscription Follow($envelopeId: ID!) { envelopeProgress(envelopeId: $envelopeId) { kind occurredAt envelope { id state } recipient { id } } }';

/** A result as it comes over any of the transports. */
export interface Result {
  readonly data?: { readonly envelopeProgress: { readonly kind: string; readonly envelope: { readonly id: string } } } | null | undefined;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: unknown } }[] | undefined;
  readonly extensions?: unknown;
}

export const createSeen = (transport: Seen['transport'], envelopeId: string): Seen & { readonly begin: Promise<void>; take(result: Result): void } => {
  const begun = Promise.withResolvers<void>();
  return {
    transport,
    envelopeId,
    start: undefined,
    events: [],
    faults: [],
    cursor: undefined,
    begin: begun.promise,
    take(result) {
      const { cursor } = (result.extensions ?? {}) as { cursor?: string };
      const position = cursor === undefined ? undefined : readCursor(cursor);
      if (!result.data || result.errors || !position) return void this.faults.push(`was told ${JSON.stringify(result)}`);
      const { kind, envelope } = result.data.envelopeProgress;
      if (envelope.id !== envelopeId) this.faults.push(`was told of ${envelope.id}`);
      this.cursor = cursor;
      if (kind !== 'SNAPSHOT') return void this.events.push({ sequence: position.sequence, kind });
      if (this.start !== undefined) return void this.faults.push(`was given a second snapshot at ${position.sequence}`);
      this.start = position.sequence;
      begun.resolve();
    },
  };
};
