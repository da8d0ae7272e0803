import { damaged } from '../refusal.ts';
import type { PdfArray, PdfDict, PdfObject, PdfStream } from './objects.ts';

/** Whatever objects can be looked up in: a revision as it lies in the file, or the update that is being made of it. */
export abstract class ObjectReader {
  /** The value itself, or the object a reference leads to; absent objects are null (7.3.10). */
  abstract resolve(value: PdfObject | undefined): PdfObject | PdfStream;

  dict(value: PdfObject | undefined, what: string): PdfDict {
    const resolved = this.resolve(value);
    if (resolved.type !== 'dict') throw damaged(`${what} is not a dictionary`);
    return resolved;
  }

  /** Like {@link dict}, but undefined when the entry is absent. */
  optionalDict(value: PdfObject | undefined, what: string): PdfDict | undefined {
    return this.resolve(value).type === 'null' ? undefined : this.dict(value, what);
  }

  /** The items of an array; none when the entry is absent. */
  array(value: PdfObject | undefined, what: string): PdfArray {
    const resolved = this.resolve(value);
    if (resolved.type === 'null') return { type: 'array', items: [] };
    if (resolved.type !== 'array') throw damaged(`${what} is not an array`);
    return resolved;
  }
}
