/** A place in the log of facts of one subgraph: everything up to `sequence` was seen, from there on it goes on. */
export interface Cursor {
  /** The subgraph whose log it is. */
  readonly source: string;
  /** The number of the last fact that was seen; 0 before the first. Comparable within one source only. */
  readonly sequence: bigint;
}

/** The version first, so that another way of writing can be told apart from this one. */
const WRITTEN = /^1:([a-z][a-z0-9-]*):(0|[1-9][0-9]{0,18})$/;
/** The greatest number that Postgres can hold in a bigint. */
const GREATEST = 2n ** 63n - 1n;

/** Writes a cursor as clients get it: opaque to them, and of characters that a header and an address may hold. */
export const writeCursor = ({ source, sequence }: Cursor): string => Buffer.from(`1:${source}:${sequence}`, 'utf8').toString('base64url');

/** Reads what `writeCursor` wrote; nothing else is a cursor. Whether its log holds such a place only the log can say. */
export const readCursor = (text: string): Cursor | undefined => {
  const [, source, digits] = WRITTEN.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? [];
  if (source === undefined || digits === undefined) return undefined;
  const cursor = { source, sequence: BigInt(digits) };
  // Decoding is lenient: it passes over characters that are none. Two texts for one place would be two keys for it.
  return cursor.sequence <= GREATEST && writeCursor(cursor) === text ? cursor : undefined;
};
