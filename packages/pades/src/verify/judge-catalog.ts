import type { PdfDict, PdfObject, PdfStream } from '../pdf/objects.ts';
import type { Revision } from '../pdf/revision.ts';
import { dictOf, hasReference, type Judge } from './judge.ts';
import { sameValue } from './step.ts';

/** What a signing tool notes about itself; title, author and the like are part of what was signed. */
const INFO_KEYS: ReadonlySet<string> = new Set(['ModDate', 'Producer']);

/** The catalog: evidence (DSS) and extensions may be added. The form has been judged before. */
export function judgeCatalog(judge: Judge): void {
  const { old, new: next } = judge.step;
  const number = judge.catalogNumber;
  for (const key of new Set([...old.catalog.entries.keys(), ...next.catalog.entries.keys()])) {
    const [before, after] = [old.catalog.entries.get(key), next.catalog.entries.get(key)];
    if (key === 'AcroForm' || key === 'DSS' || sameValue(before, after)) continue;
    if (key === 'Extensions' && isExtensions(judge, before, after)) {
      judge.report('ALWAYS', 'EXTENSIONS_CHANGED', number, 'The extensions that the document names were changed.');
    } else judge.never('CATALOG_CHANGED', number, `The entry /${key} of the catalog was changed.`);
  }
  judge.explain(number);
  judgeEvidence(judge);
  judgeInformation(judge);
}

/** Names and numbers of versions: nothing that a viewer shows. */
function isExtensions({ step }: Judge, before: PdfObject | undefined, after: PdfObject | undefined): boolean {
  const isPlain = (value: PdfObject | undefined): boolean => value === undefined || (value.type === 'dict' && !hasReference(value));
  return isPlain(before) && after !== undefined && isPlain(step.new.resolve(after) as PdfObject);
}

function judgeEvidence(judge: Judge): void {
  const { old, new: next, changed } = judge.step;
  const [before, after] = [old.catalog.entries.get('DSS'), next.catalog.entries.get('DSS')];
  if (!after) {
    if (before) judge.never('CATALOG_CHANGED', judge.catalogNumber, 'The evidence for later (DSS) was removed.');
    return;
  }
  const frame = frameOf(next, after);
  const isInFrame = (owner: number, path: string): boolean => frame.has(owner) || (owner === judge.catalogNumber && /^DSS(\.|$)/.test(path));
  let grown = !sameValue(before, after);
  for (const number of frame) {
    const change = changed.get(number);
    // Dictionaries and lists only: a stream that changes was evidence, or something else altogether.
    if (!change || change.old.type === 'stream' || change.new.type === 'stream' || !judge.isOnlyReferredBy(number, isInFrame)) continue;
    judge.explain(number);
    grown = true;
  }
  if (grown) judge.report('ALWAYS', 'EVIDENCE_ADDED', after.type === 'reference' ? after.number : judge.catalogNumber, 'Evidence for later checks was added (certificates, revocation data).');
}

/** The dictionaries and lists that a DSS consists of (ISO 32000-2, 12.8.4.3). */
function frameOf(revision: Revision, dss: PdfObject): Set<number> {
  const frame = new Set<number>();
  const visit = (value: PdfObject | undefined, depth: number): void => {
    if (value?.type === 'reference') frame.add(value.number);
    const resolved = revision.resolve(value);
    const dict = resolved.type === 'stream' ? undefined : dictOf(resolved);
    revision.budget.spendSteps(1);
    if (dict && depth < 3) for (const entry of dict.entries.values()) visit(entry, depth + 1);
  };
  visit(dss, 0);
  return frame;
}

/** /Info: a signing tool may note that it was there. */
function judgeInformation(judge: Judge): void {
  const { old, new: next } = judge.step;
  const [before, after] = [old.trailer.entries.get('Info'), next.trailer.entries.get('Info')];
  const [oldInfo, newInfo] = [old.resolve(before), next.resolve(after)];
  if (oldInfo === newInfo || sameValue(oldInfo, newInfo)) return;
  const entries = (value: PdfObject | PdfStream): PdfDict['entries'] => (value.type === 'dict' ? value.entries : new Map<string, PdfObject>());
  const [a, b] = [entries(oldInfo), entries(newInfo)];
  const wrong = [...new Set([...a.keys(), ...b.keys()])].find((key) => !INFO_KEYS.has(key) && !sameValue(a.get(key), b.get(key)));
  const object = after?.type === 'reference' ? after.number : null;
  if (wrong !== undefined) judge.never('OBJECT_CHANGED', object, `The entry /${wrong} of the document information was changed.`);
  else judge.report('ALWAYS', 'DOCUMENT_INFO_UPDATED', object, 'The time of the last change was noted in the document information.');
  // Only the trailer may refer to it: else it is something else too.
  if (before?.type === 'reference' && judge.isOnlyReferredBy(before.number, (owner, path) => owner === 0 && path === 'Info')) judge.explain(before.number);
}
