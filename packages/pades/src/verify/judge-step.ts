import { judgeCatalog } from './judge-catalog.ts';
import { judgeExistingFields } from './judge-fields.ts';
import { judgeForm } from './judge-form.ts';
import { judgePages } from './judge-pages.ts';
import { Judge, entryOf, typeOf, type RawChange } from './judge.ts';
import type { References } from './references.ts';
import type { ChangeKind } from './report.ts';
import type { ChangedObject, Step } from './step.ts';

const CHANGES_MAX = 100;

/** All that changed in one step, each with what it takes to be permitted. */
export function judgeStep(step: Step, references: References): RawChange[] {
  const judge = new Judge(step, references);
  judgeStructure(judge);
  if (judgeRoot(judge)) {
    judgeForm(judge);
    judgeExistingFields(judge);
    judgePages(judge);
    judgeCatalog(judge);
  }
  judgeRest(judge);
  return shortened(judge.changes);
}

/** A hostile step could have a million changes; what is not permitted stays among those that are kept. */
function shortened(changes: readonly RawChange[]): RawChange[] {
  if (changes.length <= CHANGES_MAX) return [...changes];
  return [...changes].sort((a, b) => Number(b.permission === 'NEVER') - Number(a.permission === 'NEVER')).slice(0, CHANGES_MAX);
}

/** How the new revision hangs on the old one. */
function judgeStructure(judge: Judge): void {
  const { step, references } = judge;
  if (step.hidesRevision) judge.never('REVISION_HIDDEN', null, 'The cross-reference does not continue with the revision that was signed: it hides parts of it.');
  if (step.hasLooseBytes) judge.never('BYTES_OUTSIDE_REVISIONS', null, 'Bytes were appended that belong to no revision.');
  for (const number of step.reused) {
    judge.never('SIGNED_BYTES_REUSED', number, `Object ${number} is now looked for in signed bytes that held something else, or nothing that counted.`);
  }
  for (const number of step.removed) judge.never('OBJECT_REMOVED', number, `Object ${number} was removed.`);
  for (const number of step.added) {
    if (references.dangling.has(number)) {
      judge.never('DANGLING_REFERENCE_DEFINED', number, `Object ${number} was referred to but did not exist when the document was signed; now it does.`);
    }
  }
}

/** False when the trailer names another catalog. */
function judgeRoot(judge: Judge): boolean {
  const [old, next] = [judge.step.old.catalogReference, judge.step.new.catalogReference];
  if (old.number === next.number && old.generation === next.generation) return true;
  judge.never('ROOT_CHANGED', next.number, 'The trailer names another catalog: the document that is shown is not the one that was signed.');
  return false;
}

function judgeRest(judge: Judge): void {
  for (const change of [...judge.unexplained()]) {
    // The cross-reference itself may be written anew under the same number.
    if (typeOf(change.old) === 'XRef' && typeOf(change.new) === 'XRef') continue;
    const [kind, what] = whatIs(judge, change);
    judge.never(kind, change.number, `${what} (object ${change.number}) was changed.`);
  }
}

function whatIs({ references }: Judge, { number, old }: ChangedObject): readonly [ChangeKind, string] {
  const isReferredAs = (key: RegExp): boolean => references.referrersOf(number).some(({ path }) => key.test(path));
  const type = typeOf(old);
  if (isReferredAs(/(^|\.)Contents$/) && old.type === 'stream') return ['PAGE_CONTENT_CHANGED', 'The content of a page'];
  if (type === 'Page') return ['PAGE_CHANGED', 'A page'];
  if (type === 'Pages' || isReferredAs(/(^|\.)Kids$/)) return ['PAGE_TREE_CHANGED', 'The order of pages or fields'];
  if (type === 'ObjStm') return ['OBJECT_CHANGED', 'A stream that holds other objects'];
  if (type === 'Annot' || entryOf(old, 'Subtype')?.type === 'name' && isReferredAs(/(^|\.)Annots$/)) return ['ANNOTATION_CHANGED', 'An annotation'];
  if (type === 'Font' || isReferredAs(/(^|\.)Font(\.|$)/)) return ['OBJECT_CHANGED', 'A font'];
  return ['OBJECT_CHANGED', 'An object'];
}
