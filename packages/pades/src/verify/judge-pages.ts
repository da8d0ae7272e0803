import type { PdfDict, PdfObject } from '../pdf/objects.ts';
import { numberOf } from './judge-form.ts';
import { typeOf, type Judge } from './judge.ts';
import { sameValue } from './step.ts';

/** Pages: only the widgets of new signature fields may be appended to their annotations. */
export function judgePages(judge: Judge): void {
  for (const { number, old, new: next } of [...judge.unexplained()]) {
    if (old.type === 'dict' && next.type === 'dict' && typeOf(old) === 'Page') {
      judge.explain(number);
      judgePage(judge, number, old, next);
    } else if (old.type === 'array' && isAnnotationList(judge, number)) {
      judge.explain(number);
      judgeAnnotations(judge, number, old, next.type === 'stream' ? undefined : next);
    }
  }
}

function judgePage(judge: Judge, number: number, old: PdfDict, next: PdfDict): void {
  for (const key of new Set([...old.entries.keys(), ...next.entries.keys()])) {
    const [before, after] = [old.entries.get(key), next.entries.get(key)];
    if (sameValue(before, after)) continue;
    if (key === 'Annots') judgeAnnotations(judge, number, before, after);
    else if (key === 'Contents') judge.never('PAGE_CONTENT_CHANGED', number, `A page (object ${number}) got other content.`);
    else judge.never('PAGE_CHANGED', number, `The entry /${key} of a page (object ${number}) was changed.`);
  }
}

/** A list that also serves as something else, the content of a page say, is not one to append to. */
function isAnnotationList(judge: Judge, number: number): boolean {
  const { old } = judge.step;
  return judge.isOnlyReferredBy(number, (owner, path) => path === 'Annots' && typeOf(old.resolve({ type: 'reference', number: owner, generation: 0 })) === 'Page');
}

function judgeAnnotations(judge: Judge, owner: number, before: PdfObject | undefined, after: PdfObject | undefined): void {
  const list = (value: PdfObject | undefined, revision: typeof judge.step.old): readonly PdfObject[] => {
    const resolved = revision.resolve(value);
    return resolved.type === 'array' ? resolved.items : [];
  };
  const [old, next] = [list(before, judge.step.old), list(after, judge.step.new)];
  if (!old.every((item, i) => sameValue(item, next[i]))) {
    judge.never('ANNOTATION_REMOVED', owner, 'Annotations of a page were removed or put in another order.');
    return;
  }
  for (const item of next.slice(old.length)) {
    if (item.type === 'reference' && judge.newWidgets.has(item.number)) continue;
    judge.never('ANNOTATION_ADDED', numberOf(item), 'An annotation was added to a page: it can cover what was signed.');
  }
}
