import { randomUUID } from 'node:crypto';
import { LIMITS } from '../limits.ts';
import { damaged, tooComplex } from '../refusal.ts';
import { ObjectReader } from './object-reader.ts';
import { NULL, array, dict, integer, name, reference, type PdfDict, type PdfObject, type PdfReference, type PdfStream } from './objects.ts';
import type { Revision } from './revision.ts';
import { serialise } from './serialise.ts';

/** Trailer entries that describe one section, or the stream that holds it, and not the document. */
const OWN_TO_A_SECTION = new Set(['Size', 'Prev', 'XRefStm', 'ID', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'DL']);

interface PlacedObject {
  readonly reference: PdfReference;
  /** Absolute offset of `n g obj`, in the file that the update completes. */
  readonly offset: number;
}

export interface BuiltUpdate {
  /** The bytes to append; nothing before them changes. */
  readonly bytes: Buffer;
  /** Absolute offset of the first byte of an object's value. */
  bodyOffset(object: PdfReference): number;
}

/** An object of an update: a value, or its source, one character per byte or in bytes. */
export type Body = PdfObject | string | Buffer;

/** What an object is in the document; an object that has two roles would lose one of two changes. */
export type Role = 'catalog' | 'page' | 'annotations' | 'form' | 'fields' | 'field' | 'widget' | 'security store';

/**
 * An incremental update (ISO 32000-1, 7.5.6): new and replaced objects after the end of the file.
 * It is read like the revision it will make: whoever changes an object sees the changes made before.
 */
export class Update extends ObjectReader {
  readonly revision: Revision;
  readonly #bodies = new Map<number, { reference: PdfReference; body: Body; role?: Role }>();
  #next: number;

  constructor(revision: Revision) {
    super();
    this.revision = revision;
    this.#next = revision.xref.nextObjectNumber;
  }

  get catalog(): PdfDict {
    return this.dict(this.revision.catalogReference, 'the catalog');
  }

  allocate(): PdfReference {
    if (this.#next >= LIMITS.objectNumber) throw tooComplex('its object numbers are too high');
    return reference(this.#next++);
  }

  /** Adds an object of this update's own: a value, or its source (streams). */
  put(target: PdfReference, body: Body): void {
    this.#bodies.set(target.number, { reference: target, body });
  }

  /** Adds an object of this update's own under a new number. */
  add(body: Body): PdfReference {
    const target = this.allocate();
    this.put(target, body);
    return target;
  }

  /** Replaces an object; one that was replaced before only in the same role. */
  change(target: PdfReference, role: Role, body: PdfObject): void {
    const known = this.#bodies.get(target.number);
    if (known && known.role !== role) throw damaged(`object ${target.number} has two roles`);
    this.#bodies.set(target.number, { reference: target, body, role });
  }

  override resolve(value: PdfObject | undefined): PdfObject | PdfStream {
    let current = value;
    for (let hops = 0; current?.type === 'reference'; hops++) {
      if (hops >= LIMITS.treeDepth) throw damaged('references lead in a circle');
      const own: Body | undefined = this.#bodies.get(current.number)?.body;
      if (own === undefined) return this.revision.resolve(current);
      if (typeof own === 'string' || Buffer.isBuffer(own)) throw new Error(`Object ${current.number} was put into this update as source; nothing reads those.`);
      current = own;
    }
    return current ?? NULL;
  }

  build(): BuiltUpdate {
    const base = this.revision.bytes.length;
    const parts: (string | Buffer)[] = [];
    let length = 0;
    const append = (part: string | Buffer): void => {
      parts.push(part);
      length += part.length;
    };
    append(this.#endsWithNewline() ? '' : '\n');
    const placed: PlacedObject[] = [];
    const bodyOffsets = new Map<number, number>();
    for (const { reference: target, body } of this.#sorted()) {
      placed.push({ reference: target, offset: base + length });
      append(`${target.number} ${target.generation} obj\n`);
      bodyOffsets.set(target.number, base + length);
      append(typeof body === 'string' || Buffer.isBuffer(body) ? body : serialise(body));
      append('\nendobj\n');
    }
    append(this.#crossReference(placed, base + length));
    const bodyOffset = (object: PdfReference): number => {
      const offset = bodyOffsets.get(object.number);
      if (offset === undefined) throw new Error(`Object ${object.number} was not put into this update.`);
      return offset;
    };
    return { bytes: joined(parts, length), bodyOffset };
  }

  #sorted(): { reference: PdfReference; body: Body }[] {
    return [...this.#bodies.values()].sort((a, b) => a.reference.number - b.reference.number);
  }

  #endsWithNewline(): boolean {
    const last = this.revision.bytes.at(-1);
    return last === 0x0a || last === 0x0d;
  }

  /** The new section is of the kind the file already uses: old readers of classic files know no streams. */
  #crossReference(placed: readonly PlacedObject[], offset: number): string {
    const trailer = this.#trailer();
    const section = this.revision.xref.newest.kind === 'table' ? this.#table(placed, trailer) : this.#stream(placed, offset, trailer);
    return `${section}startxref\n${offset}\n%%EOF\n`;
  }

  #trailer(): Record<string, PdfObject> {
    const entries: Record<string, PdfObject> = {};
    for (const [key, value] of this.revision.trailer.entries) if (!OWN_TO_A_SECTION.has(key)) entries[key] = value;
    return { ...entries, Size: integer(this.#next), ID: this.#fileIdentifier(), Prev: integer(this.revision.xref.startxref) };
  }

  /** The first identifier stays for the life of the file, the second is new with each revision (14.4). */
  #fileIdentifier(): PdfObject {
    const fresh: PdfObject = { type: 'string', source: `<${randomUUID().replaceAll('-', '')}>` };
    const known = this.revision.resolve(this.revision.trailer.entries.get('ID'));
    const first = known.type === 'array' ? known.items[0] : undefined;
    return array([first?.type === 'string' ? first : fresh, fresh]);
  }

  #table(placed: readonly PlacedObject[], trailer: Record<string, PdfObject>): string {
    const rows = runs(placed).map((run) => {
      const lines = run.map(({ reference: { generation }, offset }) => `${pad(offset, 10)} ${pad(generation, 5)} n \n`);
      return `${run[0]?.reference.number ?? 0} ${run.length}\n${lines.join('')}`;
    });
    return `xref\n${rows.join('')}trailer\n${serialise(dict(trailer))}\n`;
  }

  #stream(placed: readonly PlacedObject[], offset: number, trailer: Record<string, PdfObject>): string {
    const self = this.allocate();
    const all = [...placed, { reference: self, offset }];
    const data = Buffer.alloc(all.length * 9);
    all.forEach(({ reference: { generation }, offset: at }, row) => {
      data.writeUInt8(1, row * 9);
      data.writeUIntBE(at, row * 9 + 1, 6);
      data.writeUInt16BE(generation, row * 9 + 7);
    });
    const head: PdfDict = dict({
      Type: name('XRef'),
      ...trailer,
      Size: integer(this.#next),
      W: array([1, 6, 2].map(integer)),
      Index: array(runs(all).flatMap((run) => [integer(run[0]?.reference.number ?? 0), integer(run.length)])),
      Length: integer(data.length),
    });
    return `${self.number} 0 obj\n${serialise(head)}\nstream\n${data.toString('latin1')}\nendstream\nendobj\n`;
  }
}

/** All parts as bytes, written once; texts that follow one another go together, because each way into a buffer costs. */
function joined(parts: readonly (string | Buffer)[], length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  let text = '';
  const writeText = (): void => {
    at += bytes.write(text, at, 'latin1');
    text = '';
  };
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    writeText();
    at += part.copy(bytes, at);
  }
  writeText();
  return bytes;
}

/** Splits sorted objects into runs of consecutive numbers: the subsections of the section. */
function runs(placed: readonly PlacedObject[]): PlacedObject[][] {
  const result: PlacedObject[][] = [];
  for (const object of placed) {
    const run = result.at(-1);
    if (run?.at(-1)?.reference.number === object.reference.number - 1) run.push(object);
    else result.push([object]);
  }
  return result;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
