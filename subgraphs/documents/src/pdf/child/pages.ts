import { nameOf, type PdfDict, type PdfObject, type PdfReference, type Revision } from '@buffrsign/pades/reader';
import { Refused } from '../refusal.ts';

/** A page with what it inherits (ISO 32000-2, 7.7.3.4) written into it. */
export interface PageNode {
  readonly reference: PdfReference | null;
  readonly dict: PdfDict;
}

export interface PageTree {
  readonly pages: readonly PageNode[];
  /** The objects that only hold the tree together. */
  readonly branches: readonly PdfReference[];
}

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;
const MAX_DEPTH = 64;
/** A tree of branches without leaves would never reach the limit of pages. */
const MAX_BRANCHES = 100_000;

type Inheritance = ReadonlyMap<string, PdfObject>;

/** The pages in order. A tree that is too deep or contains itself is refused. */
export function pageTreeOf(revision: Revision, maxPages: number): PageTree {
  const pages: PageNode[] = [];
  const branches: PdfReference[] = [];
  const path = new Set<PdfDict>();

  const visit = (node: PdfObject, inherited: Inheritance): void => {
    const value = revision.resolve(node);
    // A branch may name what is not there: that is null, which is no page.
    if (value.type !== 'dict') return;
    if (path.has(value) || path.size > MAX_DEPTH) throw new Refused('BROKEN', 'the page tree is too deep or contains itself');
    const own = withInherited(inherited, value);
    const reference = node.type === 'reference' ? node : null;
    if (nameOf(revision.resolve(value.entries.get('Type'))) === 'Page' || !value.entries.has('Kids')) {
      if (pages.length >= maxPages) throw new Refused('TOO_MANY_PAGES', `more than ${maxPages} pages`);
      pages.push({ reference, dict: { type: 'dict', entries: new Map([...own, ...value.entries]) } });
      return;
    }
    if (reference) branches.push(reference);
    if (branches.length > MAX_BRANCHES) throw new Refused('TOO_COMPLEX', 'the page tree has too many branches');
    path.add(value);
    for (const kid of revision.array(value.entries.get('Kids'), '/Kids of the page tree').items) visit(kid, own);
    path.delete(value);
  };

  visit(revision.catalog.entries.get('Pages') ?? { type: 'null' }, new Map());
  if (pages.length === 0) throw new Refused('BROKEN', 'no pages');
  return { pages, branches };
}

const withInherited = (inherited: Inheritance, { entries }: PdfDict): Inheritance => {
  const own = new Map(inherited);
  for (const key of INHERITED) {
    const value = entries.get(key);
    if (value !== undefined && value.type !== 'null') own.set(key, value);
  }
  return own;
};
