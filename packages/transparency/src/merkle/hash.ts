import { sha256 } from '../bytes.ts';

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** The hash of an entry (RFC 9162, 2.1.1): never the hash of two nodes, whatever the entry says. */
export const hashLeaf = (entry: Uint8Array): Buffer => sha256(LEAF, entry);

/** The hash of a node over its two children. */
export const hashNode = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** The root of a tree without entries. */
export const EMPTY_ROOT: Uint8Array = sha256();
