import type { Cursor } from '@buffrsign/kernel/gateway';

/**
 * How far the log of each source is known to reach. A position beyond that may be one that never was: only the source
 * can say.
 */
export interface Heads {
  /** Notes that the log reaches to here; says whether nothing later was known. */
  note(position: Cursor): boolean;
  reach(position: Cursor): boolean;
  /** After a source refused a position that it had given: its log is not what it was. */
  forget(source: string): void;
}

export const createHeads = (): Heads => {
  const heads = new Map<string, bigint>();
  const reach = ({ source, sequence }: Cursor): boolean => sequence <= (heads.get(source) ?? -1n);
  return {
    note(position) {
      const head = heads.get(position.source) ?? -1n;
      if (position.sequence > head) heads.set(position.source, position.sequence);
      return position.sequence >= head;
    },
    reach,
    forget: (source) => void heads.delete(source),
  };
};
