import { LIMITS } from '../limits.ts';
import { damaged, tooComplex } from '../refusal.ts';
import type { Budget } from './budget.ts';
import { isDigit, isHexDigit, isRegular, isWhitespace } from './characters.ts';
import { NULL, integerOf, type PdfArray, type PdfDict, type PdfName, type PdfObject, type PdfString } from './objects.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** Reads PDF values from a position on (ISO 32000-1, 7.2 and 7.3); refuses what it does not know. */
export class PdfParser {
  readonly bytes: Buffer;
  readonly #budget: Budget;
  position: number;

  constructor(bytes: Buffer, position: number, budget: Budget) {
    this.bytes = bytes;
    this.position = position;
    this.#budget = budget;
  }

  readObject(depth = 0): PdfObject {
    if (depth > LIMITS.nesting) throw tooComplex('its objects are nested too deeply');
    this.#budget.spendValue();
    this.skipSpace();
    const first = this.bytes[this.position];
    if (first === 0x2f) return this.#readName();
    if (first === 0x5b) return this.#readArray(depth);
    if (first === 0x28) return this.#readLiteralString();
    if (first === 0x3c) return this.bytes[this.position + 1] === 0x3c ? this.#readDict(depth) : this.#readHexString();
    return this.#readNumberOrWord();
  }

  /** A non-negative integer at this very position (after white space). */
  readInteger(): number {
    const value = integerOf(this.#number(this.readWord()));
    if (value === undefined || value < 0) throw damaged(`an integer is missing at byte ${this.position}`);
    return value;
  }

  /** The next run of regular characters; empty before a delimiter or at the end. */
  readWord(): string {
    this.skipSpace();
    const start = this.position;
    while (isRegular(this.bytes[this.position])) this.position++;
    this.#budget.spendSteps(this.position - start);
    return this.bytes.toString('latin1', start, this.position);
  }

  expectWord(word: string): void {
    const found = this.readWord();
    if (found !== word) throw damaged(`"${word}" is missing before byte ${this.position}`);
  }

  skipSpace(): void {
    const start = this.position;
    for (;;) {
      while (isWhitespace(this.bytes[this.position])) this.position++;
      if (this.bytes[this.position] !== 0x25) break;
      while (this.position < this.bytes.length && !this.#atLineEnd()) this.position++;
    }
    this.#budget.spendSteps(this.position - start);
  }

  #atLineEnd(): boolean {
    const byte = this.bytes[this.position];
    return byte === 0x0a || byte === 0x0d;
  }

  #readName(): PdfName {
    this.position++;
    const start = this.position;
    while (isRegular(this.bytes[this.position])) this.position++;
    this.#budget.spendSteps(this.position - start);
    const text = this.bytes.toString('latin1', start, this.position);
    const name = text.includes('#') ? text.replace(/#([0-9A-Fa-f]{2})/g, (_: string, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;
    return { type: 'name', name };
  }

  #readArray(depth: number): PdfArray {
    this.position++;
    const items: PdfObject[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.position] === 0x5d) break;
      items.push(this.readObject(depth + 1));
    }
    this.position++;
    return { type: 'array', items };
  }

  #readDict(depth: number): PdfDict {
    this.position += 2;
    const entries = new Map<string, PdfObject>();
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.position] === 0x3e && this.bytes[this.position + 1] === 0x3e) break;
      if (this.bytes[this.position] !== 0x2f) throw damaged(`a dictionary key is missing at byte ${this.position}`);
      const key = this.#readName().name;
      // Readers disagree about which of two equal keys counts; a signature must not cover such a choice.
      if (entries.has(key)) throw damaged(`the key /${key} occurs twice before byte ${this.position}`);
      entries.set(key, this.readObject(depth + 1));
    }
    this.position += 2;
    return { type: 'dict', entries };
  }

  #readLiteralString(): PdfString {
    const start = this.position;
    let open = 0;
    for (; this.position < this.bytes.length; this.position++) {
      const byte = this.bytes[this.position];
      if (byte === 0x5c) this.position++;
      else if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) return this.#endString(start);
    }
    throw damaged(`the string at byte ${start} does not end`);
  }

  #readHexString(): PdfString {
    const start = this.position++;
    for (; this.position < this.bytes.length; this.position++) {
      const byte = this.bytes[this.position];
      if (byte === 0x3e) return this.#endString(start);
      if (!isHexDigit(byte) && !isWhitespace(byte)) break;
    }
    throw damaged(`the string at byte ${start} does not end`);
  }

  #endString(start: number): PdfString {
    this.position++;
    this.#budget.spendSteps(this.position - start);
    return { type: 'string', source: this.bytes.toString('latin1', start, this.position) };
  }

  #readNumberOrWord(): PdfObject {
    const word = this.readWord();
    if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true' };
    if (word === 'null') return NULL;
    const number = this.#number(word);
    if (!number) throw damaged(`an unknown word stands before byte ${this.position}`);
    return this.#referenceAfter(number) ?? number;
  }

  #number(word: string): Extract<PdfObject, { type: 'number' }> | undefined {
    return NUMBER.test(word) ? { type: 'number', value: Number(word), source: word } : undefined;
  }

  /** `12 0 R` begins like a number: look two words ahead, and step back when they do not follow. */
  #referenceAfter(first: PdfObject): PdfObject | undefined {
    const number = integerOf(first);
    const back = this.position;
    if (number === undefined || number <= 0) return undefined;
    this.skipSpace();
    if (isDigit(this.bytes[this.position])) {
      const generation = integerOf(this.#number(this.readWord()));
      if (generation !== undefined && this.readWord() === 'R') return { type: 'reference', number, generation };
    }
    this.position = back;
    return undefined;
  }
}
