import { LIMITS } from '../limits.ts';
import { nameOf, type PdfDict, type PdfObject } from '../pdf/objects.ts';
import type { Revision } from '../pdf/revision.ts';
import { textOf } from '../pdf/text-string.ts';
import { damaged } from '../refusal.ts';

/** A node of the form: a field, a widget of one, or both in one dictionary. */
export interface FieldNode {
  /** Object number; undefined when the node is no object of its own. */
  readonly number: number | undefined;
  readonly dict: PdfDict;
  /** Fully qualified name of the field that the node is, or is a widget of. */
  readonly name: string;
  readonly type: string | undefined;
  readonly parent: FieldNode | undefined;
}

/** The form of one revision. */
export interface FieldTree {
  readonly nodes: readonly FieldNode[];
  readonly byNumber: ReadonlyMap<number, FieldNode>;
}

export function readFieldTree(revision: Revision): FieldTree {
  const form = revision.optionalDict(revision.catalog.entries.get('AcroForm'), '/AcroForm');
  const nodes: FieldNode[] = [];
  const byNumber = new Map<number, FieldNode>();
  const visit = (item: PdfObject, parent: FieldNode | undefined, depth: number): void => {
    if (depth > LIMITS.treeDepth) throw damaged('the form fields are nested too deeply');
    const dict = revision.optionalDict(item, 'a form field');
    const number = item.type === 'reference' ? item.number : undefined;
    revision.budget.spendSteps(1);
    if (!dict || (number !== undefined && byNumber.has(number))) return;
    const node: FieldNode = { number, dict, name: qualifiedName(revision, dict, parent), type: typeOf(revision, dict) ?? parent?.type, parent };
    nodes.push(node);
    if (number !== undefined) byNumber.set(number, node);
    for (const kid of revision.array(dict.entries.get('Kids'), '/Kids of a form field').items) visit(kid, node, depth + 1);
  };
  for (const field of revision.array(form?.entries.get('Fields'), '/Fields of the form').items) visit(field, undefined, 0);
  return { nodes, byNumber };
}

function typeOf(revision: Revision, dict: PdfDict): string | undefined {
  return nameOf(revision.resolve(dict.entries.get('FT')));
}

/** A node without a name of its own is a widget of the field above it. */
function qualifiedName(revision: Revision, dict: PdfDict, parent: FieldNode | undefined): string {
  const partial = revision.resolve(dict.entries.get('T'));
  const above = parent?.name ?? '';
  if (partial.type !== 'string') return above;
  const text = textOf(partial);
  revision.budget.spendSteps(above.length + text.length);
  return above === '' ? text : `${above}.${text}`;
}

/** The node that names the field: the widget's field, or the node itself. */
export function fieldOf(node: FieldNode): FieldNode {
  let field = node;
  while (!field.dict.entries.has('T') && field.parent) field = field.parent;
  return field;
}
