import { LIMITS } from '../limits.ts';
import { damaged } from '../refusal.ts';
import { integerOf, nameOf, type PdfDict } from './objects.ts';
import type { Revision } from './revision.ts';
import { textOf } from './text-string.ts';

/** What the form of a document says about signing it. */
export interface FormSurvey {
  readonly rootFieldNames: ReadonlySet<string>;
  /** Signature fields that hold a value, time stamps included. */
  readonly signatures: number;
  /** Changes a certification signature permits (DocMDP P), when there is one. */
  readonly certifiedFor: number | undefined;
}

export function surveyForm(revision: Revision): FormSurvey {
  const form = revision.optionalDict(revision.catalog.entries.get('AcroForm'), '/AcroForm');
  const fields = form ? revision.array(form.entries.get('Fields'), '/Fields of the form').items : [];
  const rootFieldNames = new Set<string>();
  const values: PdfDict[] = [];
  for (const field of fields) {
    const dict = revision.optionalDict(field, 'a form field');
    const name = dict && revision.resolve(dict.entries.get('T'));
    if (name?.type === 'string') rootFieldNames.add(textOf(name));
    if (dict) collectSignatures(revision, dict, undefined, 0, values);
  }
  const permissions = values.flatMap((value) => docMdpOf(revision, value) ?? []);
  return { rootFieldNames, signatures: values.length, certifiedFor: permissions.length > 0 ? Math.min(...permissions) : undefined };
}

function collectSignatures(revision: Revision, field: PdfDict, inherited: string | undefined, depth: number, found: PdfDict[]): void {
  if (depth > LIMITS.treeDepth) throw damaged('the form fields are nested too deeply');
  revision.budget.spendSteps(1);
  const type = nameOf(revision.resolve(field.entries.get('FT'))) ?? inherited;
  const value = revision.resolve(field.entries.get('V'));
  if (type === 'Sig' && value.type === 'dict') found.push(value);
  for (const kid of revision.array(field.entries.get('Kids'), '/Kids of a form field').items) {
    const dict = revision.optionalDict(kid, 'a form field');
    if (dict) collectSignatures(revision, dict, type, depth + 1, found);
  }
}

function docMdpOf(revision: Revision, signature: PdfDict): number | undefined {
  for (const item of revision.array(signature.entries.get('Reference'), '/Reference of a signature').items) {
    const entry = revision.dict(item, 'a signature reference');
    if (nameOf(revision.resolve(entry.entries.get('TransformMethod'))) !== 'DocMDP') continue;
    const parameters = revision.optionalDict(entry.entries.get('TransformParams'), '/TransformParams');
    // 2 is the default of ISO 32000-1, table 254.
    return integerOf(revision.resolve(parameters?.entries.get('P'))) ?? 2;
  }
  return undefined;
}
