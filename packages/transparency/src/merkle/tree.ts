import { TransparencyRefusal } from '../refusal.ts';
import { appendedNodes, planConsistency, planInclusion, planRoot, resolvePlan, type ProofPlan } from './plan.ts';

/** A tree in memory. For one in a database, keep what `appendedNodes` gives and read what the plans ask for. */
export interface MerkleTree {
  readonly size: number;
  append(leafHash: Uint8Array): void;
  /** The root now, or when there were `size` entries. */
  root(size?: number): Uint8Array;
  inclusionProof(index: number, size?: number): readonly Uint8Array[];
  consistencyProof(size1: number, size2?: number): readonly Uint8Array[];
}

/** An empty tree. Every subtree is hashed once, when it is complete: proofs then cost a path, not a tree. */
export const createMerkleTree = (): MerkleTree => {
  const levels: Uint8Array[][] = [];
  const read = ({ level, index }: { level: number; index: number }): Uint8Array => levels[level]![index]!;
  const size = (): number => levels[0]?.length ?? 0;
  const within = (of: number, plan: ProofPlan): readonly Uint8Array[] => {
    if (of > size()) throw new TransparencyRefusal('OUT_OF_TREE', `The tree has ${size()} entries, not ${of}.`);
    return resolvePlan(plan, read);
  };
  return {
    get size() {
      return size();
    },
    append(leafHash) {
      for (const { level, hash } of appendedNodes(size(), leafHash, read)) (levels[level] ??= []).push(hash);
    },
    root: (of = size()) => within(of, planRoot(of))[0]!,
    inclusionProof: (index, of = size()) => within(of, planInclusion(index, of)),
    consistencyProof: (size1, size2 = size()) => within(size2, planConsistency(size1, size2)),
  };
};
