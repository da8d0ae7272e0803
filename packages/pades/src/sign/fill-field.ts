import { isLocked } from '../pdf/field-lock.ts';
import type { FormField, FormSurvey } from '../pdf/form.ts';
import { dict, integerOf, withEntries, type PdfObject, type PdfReference } from '../pdf/objects.ts';
import { textOf, textString } from '../pdf/text-string.ts';
import type { Update } from '../pdf/update.ts';
import { PdfRefusal, SigningFailure } from '../refusal.ts';
import type { Appearance, AppearanceWriter, Rotation } from './appearance.ts';
import { emptyAppearance } from './new-field.ts';
import { invalid, type FieldFill } from './options.ts';

/** A field with a single widget, both objects of their own (often one and the same). */
export interface UsableField {
  readonly field: FormField;
  readonly reference: PdfReference;
  readonly widget: PdfReference;
}

/** The field of that fully qualified name; undefined when there is none. Two of one name are refused: readers disagree which counts. */
export function findField(form: FormSurvey, qualifiedName: string): FormField | undefined {
  const [field, another] = form.fields.filter((candidate) => candidate.qualifiedName === qualifiedName);
  if (another) throw new PdfRefusal('FIELD_NOT_USABLE', `The form has several fields named "${qualifiedName}".`);
  return field;
}

/** @throws {PdfRefusal} when an earlier signature locks the field, or it has no single widget. */
export function usableField(form: FormSurvey, field: FormField, qualifiedName: string): UsableField {
  if (form.locks.some((lock) => isLocked(lock, qualifiedName))) {
    throw new PdfRefusal('FIELD_LOCKED', `The field "${qualifiedName}" is locked by an earlier signature.`);
  }
  const [widget, another] = field.widgets;
  if (field.reference && widget?.type === 'reference' && !another) return { field, reference: field.reference, widget };
  throw new PdfRefusal('FIELD_NOT_USABLE', `The field "${qualifiedName}" must have one widget and be an object of its own.`);
}

/** Gives text fields their value and what they show. */
export function fillTextFields(update: Update, form: FormSurvey, writer: AppearanceWriter, fills: readonly FieldFill[]): void {
  const names = new Set<string>();
  for (const { fieldName, value, appearance } of fills) {
    if (names.has(fieldName)) throw invalid(`the field "${fieldName}" is filled twice`);
    names.add(fieldName);
    const field = findField(form, fieldName);
    if (!field) throw new PdfRefusal('FIELD_NOT_FOUND', `The form has no field named "${fieldName}".`);
    if (field.type !== 'Tx') throw new PdfRefusal('FIELD_NOT_USABLE', `The field "${fieldName}" is not a text field.`);
    const usable = usableField(form, field, fieldName);
    if (!isEmpty(field)) throw new PdfRefusal('FIELD_HAS_VALUE', `The field "${fieldName}" has a value already.`);
    setValue(update, usable, textString(value));
    if (appearance) setAppearance(update, usable, writer.write(appearance, rotationOf(update, usable)));
  }
}

function isEmpty({ value }: FormField): boolean {
  return value.type === 'null' || (value.type === 'string' && textOf(value) === '');
}

/** Gives a signature field its value and what it shows. */
export function fillSignatureField(
  update: Update,
  usable: UsableField,
  writer: AppearanceWriter,
  { signature, appearance }: { readonly signature: PdfReference; readonly appearance: Appearance | undefined },
): void {
  setValue(update, usable, signature);
  if (appearance) {
    if (!hasArea(update, usable)) throw new SigningFailure('INVALID_OPTION', `The field "${usable.field.qualifiedName}" has no area to show an appearance.`);
    setAppearance(update, usable, writer.write(appearance, rotationOf(update, usable)));
  } else if (update.resolve(update.dict(usable.widget, 'a widget').entries.get('AP')).type === 'null') {
    setAppearance(update, usable, emptyAppearance(update));
  }
}

function setValue(update: Update, { reference }: UsableField, value: PdfObject): void {
  update.change(reference, 'field', withEntries(update.dict(reference, 'a field'), { V: value }));
}

function setAppearance(update: Update, { reference, widget }: UsableField, form: PdfReference): void {
  const role = widget.number === reference.number ? 'field' : 'widget';
  update.change(widget, role, withEntries(update.dict(widget, 'a widget'), { AP: dict({ N: form }) }));
}

/** /R of /MK: how far the widget is turned on its page, counterclockwise. */
function rotationOf(update: Update, { widget }: UsableField): Rotation {
  const characteristics = update.optionalDict(update.dict(widget, 'a widget').entries.get('MK'), '/MK');
  const degrees = integerOf(update.resolve(characteristics?.entries.get('R'))) ?? 0;
  const turned = ((degrees % 360) + 360) % 360;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}

function hasArea(update: Update, { widget }: UsableField): boolean {
  const rectangle = update.array(update.dict(widget, 'a widget').entries.get('Rect'), '/Rect').items.map((item) => update.resolve(item));
  const [a, b, c, d] = rectangle.map((item) => (item.type === 'number' ? item.value : 0));
  return a !== c && b !== d;
}
