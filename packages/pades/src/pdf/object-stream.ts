import { damaged } from '../refusal.ts';
import type { Budget } from './budget.ts';
import { decodeStream } from './filters.ts';
import { integerOf, nameOf, type PdfObject, type PdfStream } from './objects.ts';
import { PdfParser } from './parser.ts';

/** A decoded object stream (ISO 32000-1, 7.5.7). */
export class ObjectStream {
  readonly #data: Buffer;
  readonly #members: readonly { number: number; offset: number }[];
  readonly #budget: Budget;

  constructor(bytes: Buffer, stream: PdfStream, budget: Budget) {
    const count = integerOf(stream.dict.entries.get('N'));
    const first = integerOf(stream.dict.entries.get('First'));
    if (nameOf(stream.dict.entries.get('Type')) !== 'ObjStm' || count === undefined || first === undefined || first < 0) {
      throw damaged('an object stream is malformed');
    }
    this.#data = decodeStream(bytes, stream, budget);
    this.#budget = budget;
    const header = new PdfParser(this.#data.subarray(0, first), 0, budget);
    const members: { number: number; offset: number }[] = [];
    while (members.length < count) {
      budget.spendValue();
      members.push({ number: header.readInteger(), offset: first + header.readInteger() });
    }
    this.#members = members;
  }

  /** The member at `index`, which must be object `number`. */
  read(number: number, index: number): PdfObject {
    const member = this.#members[index];
    if (member?.number !== number) throw damaged(`object ${number} is not where the cross-reference says`);
    return new PdfParser(this.#data, member.offset, this.#budget).readObject();
  }
}
