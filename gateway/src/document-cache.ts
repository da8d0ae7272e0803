import type { DocumentNode } from 'graphql';
import { createBoundedMap, type BoundedMap } from './bounded-map.ts';

/**
 * Characters of all documents that are kept together. A document in memory, with its plans, takes about a hundred
 * times its text; counting documents instead would let a few large ones fill the memory.
 */
const CHARACTERS = 2_000_000;

/** Validated documents, and with them their analysis and their plans. */
export const createDocumentCache = (): BoundedMap<DocumentNode> => createBoundedMap(CHARACTERS, (document) => document.loc?.source.body.length ?? CHARACTERS);
