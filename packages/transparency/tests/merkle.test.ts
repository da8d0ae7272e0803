import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createMerkleTree, EMPTY_ROOT, hashLeaf, hashNode, planAppend, planConsistency, planInclusion, TransparencyRefusal, verifyConsistency, verifyInclusion } from '../src/index.ts';

/** The public proof vectors beside the project, looked for upwards: a checkout may lie deeper. */
const vectors = ((): string => {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const candidate = join(folder, 'shared', 'corpus', 'merkle');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error('There is no shared/corpus/merkle beside this checkout; the tests read their vectors from there.');
  }
})();

const filesIn = (kind: string): string[] => readdirSync(join(vectors, kind), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).sort();

interface Vector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly size1: number;
  readonly size2: number;
  readonly leafHash: string;
  readonly root: string;
  readonly root1: string;
  readonly root2: string;
  readonly proof: string[] | null;
  readonly wantErr: boolean;
}
const read = (kind: string, name: string): Vector => JSON.parse(readFileSync(join(vectors, kind, name), 'utf8')) as Vector;
const bytes = (text: string): Buffer => Buffer.from(text, 'base64');

describe('the vectors of transparency-dev/merkle:', () => {
  test('all of them are here', () => {
    expect(filesIn('inclusion').length).toBeGreaterThan(90);
    expect(filesIn('consistency').length).toBeGreaterThan(90);
  });

  test.each(filesIn('inclusion'))('inclusion %s', (name) => {
    const { leafIdx: index, treeSize: size, leafHash, root, proof, wantErr } = read('inclusion', name);
    expect(verifyInclusion({ index, size, leafHash: bytes(leafHash), root: bytes(root), proof: (proof ?? []).map(bytes) })).toBe(!wantErr);
  });

  test.each(filesIn('consistency'))('consistency %s', (name) => {
    const { size1, size2, root1, root2, proof, wantErr } = read('consistency', name);
    expect(verifyConsistency({ size1, size2, root1: bytes(root1), root2: bytes(root2), proof: (proof ?? []).map(bytes) })).toBe(!wantErr);
  });
});

/** Numbers that look random and are the same every time: a failure can be looked at again. */
const randomly = (seed: number) => {
  let count = 0;
  return (below: number): number => createHash('sha256').update(`${seed}/${(count += 1)}`).digest().readUInt32BE() % below;
};
const leaf = (index: number): Buffer => hashLeaf(Buffer.from(`entry ${index}`));
const flipped = (hash: Uint8Array, bit: number): Uint8Array => hash.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const isPower = (size: number): boolean => Number.isInteger(Math.log2(size));

/** The tree as RFC 9162 defines it, slowly: what the fast one must agree with. */
const rootByDefinition = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hashNode(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
};
const treeOf = (size: number) => {
  const tree = createMerkleTree();
  for (let index = 0; index < size; index += 1) tree.append(leaf(index));
  return tree;
};

describe('a tree', () => {
  const tree = treeOf(130);
  const leaves = Array.from({ length: 130 }, (_, index) => leaf(index));

  test('has the root of its definition at every size, also of sizes that it had before', () => {
    for (let size = 0; size <= 130; size += 1) expect(tree.root(size)).toEqual(rootByDefinition(leaves.slice(0, size)));
  });

  test('proves every entry in every size that has it, and no other entry at that place', () => {
    for (let size = 1; size <= 130; size += 1) {
      const root = tree.root(size);
      for (let index = 0; index < size; index += 1) {
        const proof = tree.inclusionProof(index, size);
        if (!verifyInclusion({ leafHash: leaves[index]!, index, size, root, proof })) expect.fail(`entry ${index} of ${size}`);
        if (verifyInclusion({ leafHash: leaves[(index + 1) % 130]!, index, size, root, proof })) expect.fail(`another entry than ${index} of ${size}`);
      }
    }
  });

  test('proves that it grew, from every size to every other', () => {
    for (let size2 = 1; size2 <= 130; size2 += 1) {
      for (let size1 = 1; size1 <= size2; size1 += 1) {
        if (!verifyConsistency({ size1, size2, root1: tree.root(size1), root2: tree.root(size2), proof: tree.consistencyProof(size1, size2) })) expect.fail(`${size1} to ${size2}`);
      }
    }
  });

  test.each(Array.from({ length: 40 }, (_, seed) => [seed]))('of random size is proven, and with any bit of any hash flipped it is not (%i)', (seed) => {
    const random = randomly(seed);
    const size = 2 + random(3_000);
    const [index, size1, bit] = [random(size), 1 + random(size - 1), random(256)];
    const grown = treeOf(size);
    const inclusion = { leafHash: leaf(index), index, size, root: grown.root(), proof: grown.inclusionProof(index) };
    expect(verifyInclusion(inclusion)).toBe(true);
    expect(verifyInclusion({ ...inclusion, leafHash: flipped(inclusion.leafHash, bit) })).toBe(false);
    expect(verifyInclusion({ ...inclusion, root: flipped(inclusion.root, bit) })).toBe(false);
    expect(verifyInclusion({ ...inclusion, index: (index + 1) % size })).toBe(false);
    inclusion.proof.forEach((hash, at) => expect(verifyInclusion({ ...inclusion, proof: inclusion.proof.with(at, flipped(hash, bit)) })).toBe(false));
    expect(verifyInclusion({ ...inclusion, proof: inclusion.proof.slice(1) })).toBe(false);
    expect(verifyInclusion({ ...inclusion, proof: [...inclusion.proof, leaf(0)] })).toBe(false);

    const consistency = { size1, root1: grown.root(size1), size2: size, root2: grown.root(), proof: grown.consistencyProof(size1) };
    expect(verifyConsistency(consistency)).toBe(true);
    expect(verifyConsistency({ ...consistency, root1: flipped(consistency.root1, bit) })).toBe(false);
    expect(verifyConsistency({ ...consistency, root2: flipped(consistency.root2, bit) })).toBe(false);
    consistency.proof.forEach((hash, at) => expect(verifyConsistency({ ...consistency, proof: consistency.proof.with(at, flipped(hash, bit)) })).toBe(false));
    if (!isPower(size1)) expect(verifyConsistency({ ...consistency, proof: consistency.proof.slice(1) })).toBe(false);
  });

  test('of a million entries reads a path for a proof, not a tree', () => {
    const size = 1_000_003;
    expect(planInclusion(777_777, size).nodes.length).toBeLessThanOrEqual(40);
    expect(planConsistency(777_777, size).nodes.length).toBeLessThanOrEqual(60);
    expect(planAppend(2 ** 20 - 1)).toHaveLength(20);
    expect(planInclusion(2 ** 52, 2 ** 52 + 3).ranges.length).toBeLessThanOrEqual(54);
  });

  test('refuses to prove what it does not have', () => {
    expect(() => tree.inclusionProof(130)).toThrow(TransparencyRefusal);
    expect(() => tree.inclusionProof(0, 131)).toThrow(TransparencyRefusal);
    expect(() => tree.consistencyProof(0)).toThrow(TransparencyRefusal);
    expect(() => tree.consistencyProof(5, 4)).toThrow(TransparencyRefusal);
  });
});

describe('a verifier', () => {
  const tree = treeOf(6);
  test('refuses hashes that are not 32 bytes, numbers that are no counts, and proofs that are longer than any', () => {
    const claim = { leafHash: leaf(2), index: 2, size: 6, root: tree.root(), proof: tree.inclusionProof(2) };
    expect(verifyInclusion({ ...claim, proof: claim.proof.with(0, Buffer.concat([claim.proof[0]!, Buffer.alloc(1)])) })).toBe(false);
    for (const index of [-1, 2.5, NaN, Infinity, 2 ** 60]) expect(verifyInclusion({ ...claim, index })).toBe(false);
    expect(verifyInclusion({ ...claim, proof: Array.from({ length: 100_000 }, () => claim.root) })).toBe(false);
  });
  test('refuses growth from nothing, and backwards', () => {
    expect(verifyConsistency({ size1: 0, root1: EMPTY_ROOT, size2: 6, root2: tree.root(), proof: [] })).toBe(false);
    expect(verifyConsistency({ size1: 0, root1: EMPTY_ROOT, size2: 0, root2: EMPTY_ROOT, proof: [] })).toBe(false);
    expect(verifyConsistency({ size1: 6, root1: tree.root(), size2: 5, root2: tree.root(5), proof: [] })).toBe(false);
  });
});
