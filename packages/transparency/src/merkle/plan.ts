import { TransparencyRefusal } from '../refusal.ts';
import { EMPTY_ROOT, hashNode } from './hash.ts';

/** A node over a whole number of leaves: `2 ** level` of them, from leaf `index * 2 ** level` on. It never changes again. */
export interface NodePlace {
  readonly level: number;
  readonly index: number;
}

/** A node with its hash: what a log keeps. */
export interface PlacedNode extends NodePlace {
  readonly hash: Uint8Array;
}

/** The hash of a node that is kept. */
export type ReadNode = (place: NodePlace) => Uint8Array;

/** Leaves from `from` up to but not including `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** What a proof is made from: where each of its hashes comes from. Made without reading anything. */
export interface ProofPlan {
  readonly ranges: readonly Range[];
  /** Every kept node that it needs, to be read at once. At most about two for each level of the tree. */
  readonly nodes: readonly NodePlace[];
}

const assertSize = (size: number): void => {
  if (!Number.isSafeInteger(size) || size < 0) throw new TransparencyRefusal('OUT_OF_TREE', `A tree cannot have ${size} entries.`);
};

/** The largest power of two below a number above 1: where RFC 9162 divides a tree. */
const split = (size: number): number => {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
};

/** The kept nodes that make up a range which begins where a subtree does, from left to right. */
const nodesOf = ({ from, to }: Range): readonly NodePlace[] => {
  const nodes: NodePlace[] = [];
  for (let start = from; start < to; ) {
    let [level, width] = [0, 1];
    while (start % (width * 2) === 0 && start + width * 2 <= to) [level, width] = [level + 1, width * 2];
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
};

const planOf = (ranges: readonly Range[]): ProofPlan => ({ ranges, nodes: ranges.flatMap(nodesOf) });

/** What the root of a tree of this size is made from. */
export const planRoot = (size: number): ProofPlan => {
  assertSize(size);
  return planOf([{ from: 0, to: size }]);
};

/** What the proof that entry `index` is in a tree of `size` entries is made from (RFC 9162, 2.1.3.1). */
export const planInclusion = (index: number, size: number): ProofPlan => {
  assertSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new TransparencyRefusal('OUT_OF_TREE', `A tree of ${size} entries has no entry ${index}.`);
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + split(to - from);
    ranges.unshift(index < middle ? { from: middle, to } : { from, to: middle });
    [from, to] = index < middle ? [from, middle] : [middle, to];
  }
  return planOf(ranges);
};

/** What the proof that a tree of `size1` entries grew into one of `size2` is made from (RFC 9162, 2.1.4.1). */
export const planConsistency = (size1: number, size2: number): ProofPlan => {
  assertSize(size2);
  if (!Number.isSafeInteger(size1) || size1 < 1 || size1 > size2) throw new TransparencyRefusal('OUT_OF_TREE', `A tree of ${size2} entries did not grow from one of ${size1}.`);
  const ranges: Range[] = [];
  let [from, to] = [0, size2];
  while (to !== size1) {
    const middle = from + split(to - from);
    ranges.unshift(size1 <= middle ? { from: middle, to } : { from, to: middle });
    [from, to] = size1 <= middle ? [from, middle] : [middle, to];
  }
  // The whole of the old tree is the root that the verifier has already.
  return planOf(from === 0 ? ranges : [{ from, to }, ...ranges]);
};

/** The hashes of a plan, from the nodes that were read. */
export const resolvePlan = ({ ranges }: ProofPlan, read: ReadNode): readonly Uint8Array[] =>
  ranges.map((range) => nodesOf(range).map(read).reduceRight<Uint8Array | undefined>((right, left) => (right === undefined ? left : hashNode(left, right)), undefined) ?? EMPTY_ROOT);

/** The kept nodes that appending an entry to a tree of this size needs: the left siblings of what it completes. */
export const planAppend = (size: number): readonly NodePlace[] => {
  assertSize(size);
  const nodes: NodePlace[] = [];
  for (let [level, index] = [0, size]; index % 2 === 1; [level, index] = [level + 1, (index - 1) / 2]) nodes.push({ level, index: index - 1 });
  return nodes;
};

/** The nodes to keep for an entry appended to a tree of this size: its leaf, and every subtree that it completes. On average two. */
export const appendedNodes = (size: number, leafHash: Uint8Array, read: ReadNode): readonly PlacedNode[] => {
  const nodes: PlacedNode[] = [{ level: 0, index: size, hash: leafHash }];
  for (const sibling of planAppend(size)) {
    nodes.push({ level: sibling.level + 1, index: sibling.index / 2, hash: hashNode(read(sibling), nodes.at(-1)!.hash) });
  }
  return nodes;
};
