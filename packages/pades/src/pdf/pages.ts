import { LIMITS } from '../limits.ts';
import { damaged } from '../refusal.ts';
import { nameOf, type PdfDict, type PdfReference } from './objects.ts';
import type { Revision } from './revision.ts';

export interface Page {
  readonly reference: PdfReference;
  readonly dict: PdfDict;
}

/** The first page of the document: depth first, without walking the rest of the tree. */
export function firstPage(revision: Revision): Page {
  const page = firstLeaf(revision, revision.catalog.entries.get('Pages'), 0);
  if (!page) throw damaged('it has no page');
  return page;
}

function firstLeaf(revision: Revision, node: ReturnType<PdfDict['entries']['get']>, depth: number): Page | undefined {
  if (node?.type !== 'reference') throw damaged('a node of the page tree is not an object of its own');
  // A tree that is deeper, or runs in a circle, ends here as well.
  if (depth > LIMITS.treeDepth) throw damaged('the page tree is too deep');
  const dict = revision.dict(node, 'a node of the page tree');
  if (nameOf(dict.entries.get('Type')) === 'Page' || !dict.entries.has('Kids')) return { reference: node, dict };
  revision.budget.spendSteps(1);
  for (const kid of revision.array(dict.entries.get('Kids'), '/Kids of the page tree').items) {
    const page = firstLeaf(revision, kid, depth + 1);
    if (page) return page;
  }
  return undefined;
}
