import { LIMITS } from '../limits.ts';
import { damaged } from '../refusal.ts';
import { nameOf, type PdfDict, type PdfObject, type PdfReference } from './objects.ts';
import type { Revision } from './revision.ts';

export interface Page {
  readonly reference: PdfReference;
  readonly dict: PdfDict;
  /** The nodes of the tree above it, from the root down: they hold what the page inherits. */
  readonly ancestors: readonly PdfDict[];
}

/** The first page of the document: depth first, without walking the rest of the tree. */
export function firstPage(revision: Revision): Page {
  const [page] = leaves(revision, revision.catalog.entries.get('Pages'), []);
  if (!page) throw damaged('it has no page');
  return page;
}

/** The page of a document that has no other; undefined when there are several. */
export function onlyPage(revision: Revision): Page | undefined {
  const pages = leaves(revision, revision.catalog.entries.get('Pages'), []);
  const first = pages.next();
  if (first.done) throw damaged('it has no page');
  return pages.next().done ? first.value : undefined;
}

/** An attribute of the page, its own or inherited (ISO 32000-1, 7.7.3.4). */
export function pageAttribute({ dict, ancestors }: Page, key: 'Resources' | 'MediaBox' | 'Rotate'): PdfObject | undefined {
  return [...ancestors, dict].findLast((node) => node.entries.has(key))?.entries.get(key);
}

function* leaves(revision: Revision, node: PdfObject | undefined, ancestors: readonly PdfDict[]): Generator<Page> {
  if (node?.type !== 'reference') throw damaged('a node of the page tree is not an object of its own');
  // A tree that is deeper, or runs in a circle, ends here as well.
  if (ancestors.length > LIMITS.treeDepth) throw damaged('the page tree is too deep');
  const dict = revision.dict(node, 'a node of the page tree');
  if (nameOf(dict.entries.get('Type')) === 'Page' || !dict.entries.has('Kids')) {
    yield { reference: node, dict, ancestors };
    return;
  }
  revision.budget.spendSteps(1);
  for (const kid of revision.array(dict.entries.get('Kids'), '/Kids of the page tree').items) {
    yield* leaves(revision, kid, [...ancestors, dict]);
  }
}
