import type { NodePlace, ReadNode } from '@buffrsign/transparency';
import type { Database } from '../../database.ts';

interface NodeRow {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

const keyOf = ({ level, index }: NodePlace): string => `${level}/${index}`;

/** Reads nodes of an organization's tree, all in one query; none when none are wanted. */
export const readNodes = async (db: Pick<Database, '$queryRaw'>, organizationId: string, places: readonly NodePlace[]): Promise<ReadNode> => {
  const wanted = [...new Map(places.map((place) => [keyOf(place), place])).values()];
  const rows =
    wanted.length === 0
      ? []
      : await db.$queryRaw<NodeRow[]>`
          select n.level, n.index, n.hash from "AuditNode" n
          join unnest(${wanted.map(({ level }) => level)}::int[], ${wanted.map(({ index }) => index)}::int[]) as w (level, index) on n.level = w.level and n.index = w.index
          where n."organizationId" = ${organizationId}`;
  const hashes = new Map(rows.map((row) => [keyOf(row), row.hash]));
  return (place) => {
    const hash = hashes.get(keyOf(place));
    if (!hash) throw new Error(`The tree of ${organizationId} lacks the node ${keyOf(place)}: its rows were tampered with.`);
    return hash;
  };
};
