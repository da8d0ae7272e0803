import { isHash, sameBytes } from '../bytes.ts';
import { hashNode } from './hash.ts';

/** A tree of 2^53 entries has paths of 53: no honest proof is longer. */
export const MAX_PROOF = 64;

const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
const isOdd = (number: number): boolean => number % 2 === 1;
// Not by shifting: that would cut numbers to 32 bits.
const half = (number: number): number => Math.floor(number / 2);

const wellFormed = (proof: readonly Uint8Array[], ...hashes: readonly Uint8Array[]): boolean => proof.length <= MAX_PROOF && proof.every(isHash) && hashes.every(isHash);

export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  /** Which entry, from 0. */
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
  /** From the sibling of the leaf up to the child of the root. */
  readonly proof: readonly Uint8Array[];
}

/** Whether an entry is the one at its place in a tree of this size and root (RFC 9162, 2.1.3.2). */
export const verifyInclusion = ({ leafHash, index, size, root, proof }: InclusionClaim): boolean => {
  if (!isCount(index) || !isCount(size) || index >= size || !wellFormed(proof, leafHash, root)) return false;
  let [place, last, hash] = [index, size - 1, leafHash];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      hash = hashNode(sibling, hash);
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else hash = hashNode(hash, sibling);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
};

export interface ConsistencyClaim {
  readonly size1: number;
  readonly root1: Uint8Array;
  readonly size2: number;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

const isPowerOfTwo = (number: number): boolean => Number.isInteger(Math.log2(number)) && 2 ** Math.log2(number) === number;

/**
 * Whether a tree only grew: the first `size1` entries of the second are those of the first (RFC 9162, 2.1.4.2). A tree
 * without entries is a beginning of every tree, so that to prove it proves nothing: refused.
 */
export const verifyConsistency = ({ size1, root1, size2, root2, proof }: ConsistencyClaim): boolean => {
  if (!isCount(size1) || !isCount(size2) || size1 === 0 || size1 > size2) return false;
  // Nothing is hashed here, so that it does not matter what the roots are made of.
  if (size1 === size2) return proof.length === 0 && sameBytes(root1, root2);
  if (proof.length === 0 || !wellFormed(proof, root1, root2)) return false;
  const [first, ...rest] = isPowerOfTwo(size1) ? [root1, ...proof] : proof;
  let [place, last] = [size1 - 1, size2 - 1];
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  let [hash1, hash2] = [first!, first!];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      [hash1, hash2] = [hashNode(sibling, hash1), hashNode(sibling, hash2)];
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else hash2 = hashNode(hash2, sibling);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && sameBytes(hash1, root1) && sameBytes(hash2, root2);
};
