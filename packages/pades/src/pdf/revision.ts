import { LIMITS } from '../limits.ts';
import { PdfRefusal, damaged, tooComplex } from '../refusal.ts';
import type { Budget } from './budget.ts';
import { readIndirectObject, type IndirectObject } from './indirect.ts';
import { ObjectReader } from './object-reader.ts';
import { NULL, type PdfDict, type PdfObject, type PdfReference, type PdfStream } from './objects.ts';
import { ObjectStream } from './object-stream.ts';
import { ReaderCache } from './reader-cache.ts';
import type { XrefEntry } from './xref-section.ts';
import { CrossReference } from './xref.ts';

const HEADER = /^%PDF-\d\.\d/;

/** A PDF as its newest revision shows it. Reads only what is asked for, and never repairs. */
export class Revision extends ObjectReader {
  readonly bytes: Buffer;
  readonly xref: CrossReference;
  readonly budget: Budget;
  readonly #cache: ReaderCache;
  readonly #objects = new Map<number, PdfObject | PdfStream>();
  readonly #reading = new Set<number>();

  /** @throws {PdfRefusal} for anything that is not a well-formed, unencrypted PDF within `LIMITS`. */
  constructor(pdf: Uint8Array, cache = new ReaderCache()) {
    super();
    this.#cache = cache;
    this.budget = cache.budget;
    this.bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
    if (this.bytes.length > LIMITS.fileBytes) throw tooComplex('the file is too large');
    if (!HEADER.test(this.bytes.toString('latin1', 0, 8))) {
      throw new PdfRefusal('NOT_A_PDF', 'The file does not begin with a PDF header.');
    }
    this.xref = CrossReference.read(this.bytes, cache);
    if (this.xref.isEncrypted) {
      throw new PdfRefusal('ENCRYPTED', 'The PDF is encrypted: remove the password protection first.');
    }
  }

  /** The revision that ends at byte `end`. @throws {PdfRefusal} when none does. */
  prefix(end: number): Revision {
    return new Revision(this.bytes.subarray(0, end), this.#cache);
  }

  get trailer(): PdfDict {
    return this.xref.newest.trailer;
  }

  get catalogReference(): PdfReference {
    const root = this.trailer.entries.get('Root');
    if (root?.type !== 'reference') throw damaged('the trailer names no catalog');
    return root;
  }

  get catalog(): PdfDict {
    return this.dict(this.catalogReference, 'the catalog');
  }

  /** The value itself, or the object a reference leads to; absent objects are null (7.3.10). */
  resolve(value: PdfObject | undefined): PdfObject | PdfStream {
    let current: PdfObject | PdfStream = value ?? NULL;
    for (let hops = 0; current.type === 'reference'; hops++) {
      if (hops >= LIMITS.treeDepth) throw damaged('references lead in a circle');
      current = this.#load(current);
    }
    return current;
  }

  #load({ number, generation }: PdfReference): PdfObject | PdfStream {
    // By both numbers: what lies at one generation is not what another one asks for.
    const key = number * 65_536 + generation;
    const known = this.#objects.get(key);
    if (known) return known;
    const entry = this.xref.find(number);
    if (!entry || entry.kind === 'free') return NULL;
    if (entry.kind === 'at' ? entry.generation !== generation : generation !== 0) return NULL;
    // A stream whose length is told by a member of that very stream would never come to an end.
    if (this.#reading.has(number)) throw damaged(`object ${number} depends on itself`);
    this.#reading.add(number);
    const value = entry.kind === 'at' ? this.#readAt(number, entry) : this.#readMember(number, entry);
    this.#reading.delete(number);
    this.#objects.set(key, value);
    return value;
  }

  #readAt(number: number, entry: Extract<XrefEntry, { kind: 'at' }>): PdfObject | PdfStream {
    const known = this.#cache.objects.get(entry.offset);
    // What runs past the end of a shorter revision is not part of it.
    const found = known && known.end <= this.bytes.length ? known : this.#readObjectAt(entry.offset);
    if (found.number !== number || found.generation !== entry.generation) {
      throw damaged(`object ${number} is not where the cross-reference says`);
    }
    return found.value;
  }

  #readObjectAt(offset: number): IndirectObject {
    const found = readIndirectObject(this.bytes, offset, this.budget, (length) => this.resolve(length));
    this.#cache.objects.set(offset, found);
    return found;
  }

  #readMember(number: number, entry: Extract<XrefEntry, { kind: 'inStream' }>): PdfObject {
    const container = this.resolve({ type: 'reference', number: entry.stream, generation: 0 });
    if (container.type !== 'stream') throw damaged(`object ${entry.stream} is not an object stream`);
    const known = this.#cache.objectStreams.get(container.start);
    const stream = known ?? new ObjectStream(this.bytes, container, this.budget);
    this.#cache.objectStreams.set(container.start, stream);
    return stream.read(number, entry.index);
  }
}
