import type { PDFiumDocument } from '@hyzyla/pdfium';
import type { Revision } from '@buffrsign/pades/reader';
import { charactersOf } from './characters.ts';
import { contentOf } from './content-stream.ts';
import { cutText } from './cut-text.ts';
import type { PageShape } from './geometry.ts';
import { looksAlike } from './looks-alike.ts';
import { pageTreeOf, type PageTree } from './pages.ts';
import { withDocument } from './pdfium.ts';
import { Sanitiser } from './sanitise.ts';
import { openStrictly, strictly } from './strict.ts';
import type { FoundTag } from './text-tags.ts';
import { writeAnew, type NewContent, type NewContents } from './write-anew.ts';

type OfPages = ReadonlyMap<number, readonly FoundTag[]>;

/**
 * Blanks the tags of a document: cut from the content where that can be done and leaves everything else as it looks;
 * elsewhere covered by white. A page where neither comes out right keeps its tags; their fields lie on top.
 */
export async function blankTags(pdf: Uint8Array, shown: PDFiumDocument, shapes: readonly PageShape[], tags: readonly FoundTag[]): Promise<Uint8Array> {
  const revision = openStrictly(pdf);
  const tree = strictly(() => pageTreeOf(revision, shapes.length));
  const ofPages: OfPages = Map.groupBy(tags, ({ pageIndex }) => pageIndex);
  const cut = contentsBy(ofPages, (index, own) => withoutTags(revision, tree, shown, index, own));
  const good = await thoseThatLookRight(revision, tree, shown, cut, ofPages, true);
  const covered = contentsBy(ofPages, (index, own) => (good.has(index) ? null : cover(own)));
  const both = new Map([...good, ...(await thoseThatLookRight(revision, tree, shown, covered, ofPages, false))]);
  return both.size > 0 ? rewritten(revision, tree, both) : pdf;
}

function contentsBy(ofPages: OfPages, make: (index: number, tags: readonly FoundTag[]) => NewContent | null): NewContents {
  const made = [...ofPages].map(([index, own]) => [index, make(index, own)] as const);
  return new Map(made.filter((entry): entry is [number, NewContent] => entry[1] !== null));
}

function withoutTags(revision: Revision, tree: PageTree, shown: PDFiumDocument, index: number, tags: readonly FoundTag[]): NewContent | null {
  const content = strictly(() => contentOf(revision, tree.pages[index]!.dict));
  const instead = content && cutText(content, charactersOf(shown, index), (at) => tags.some(({ from, to }) => at >= from && at < to));
  return instead ? { instead } : null;
}

function cover(tags: readonly FoundTag[]): NewContent {
  const boxes = tags.map(({ box: { left, bottom, right, top } }) => `${[left - 1, bottom - 1, right - left + 2, top - bottom + 2].map((side) => side.toFixed(2)).join(' ')} re`);
  return { before: Buffer.from('q\n'), after: Buffer.from(`\nQ\nq 1 1 1 rg ${boxes.join(' ')} f Q\n`) };
}

const rewritten = (revision: Revision, tree: PageTree, contents: NewContents): Uint8Array => strictly(() => writeAnew(revision, tree, new Sanitiser(revision), contents));

/** Which of the new contents show what was there, but for the tags. */
async function thoseThatLookRight(revision: Revision, tree: PageTree, shown: PDFiumDocument, contents: NewContents, ofPages: OfPages, isCut: boolean): Promise<NewContents> {
  if (contents.size === 0) return contents;
  return withDocument(rewritten(revision, tree, contents), async (changed) => {
    const good = new Map<number, NewContent>();
    for (const [index, content] of contents) {
      const tags = ofPages.get(index) ?? [];
      const parts = tags.map(({ shown: part }) => part);
      const saysTheSame = !isCut || lettersWithout(shown, index, tags) === lettersWithout(changed, index, []);
      if (saysTheSame && (await looksAlike(shown, changed, index, parts))) good.set(index, content);
    }
    return good;
  });
}

/** Its letters, whatever their order: readers sort lines by where they are, and put white space in by distance. */
function lettersWithout(document: PDFiumDocument, index: number, tags: readonly FoundTag[]): string {
  const { characters } = charactersOf(document, index);
  const kept = characters.filter(({ text }, at) => text.trim() !== '' && !tags.some(({ from, to }) => at >= from && at < to));
  return kept.map(({ text }) => text).sort().join('');
}
