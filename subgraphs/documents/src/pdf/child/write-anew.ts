import { serialise, type PdfDict, type PdfObject, type PdfReference, type PdfStream, type Revision } from '@buffrsign/pades/reader';
import type { PageTree } from './pages.ts';
import type { Sanitiser } from './sanitise.ts';

/** In these, what is not there is no item; elsewhere its place counts. */
const LISTS = new Set(['Kids', 'Annots', 'Fields', 'Contents', 'Next']);
const CATALOG = 1;
const PAGES = 2;

const number = (value: number): PdfObject => ({ type: 'number', value, source: String(value) });
const reference = (to: number): PdfReference => ({ type: 'reference', number: to, generation: 0 });
const keyOf = (of: PdfReference): string => `${of.number} ${of.generation}`;

/** What a page draws in place of its content, or before and after it. */
export type NewContent = { readonly instead: Uint8Array } | { readonly before: Uint8Array; readonly after: Uint8Array };
/** By the index of the page. */
export type NewContents = ReadonlyMap<number, NewContent>;

/**
 * Writes a document anew: what its cross-reference leads to and nothing else, each object once, in one revision with a
 * plain table. Every reader finds the same in it, however it looks for objects. References to what is not there become
 * null, so that nobody can define it later. Page content and pictures are carried over byte for byte.
 */
export function writeAnew(revision: Revision, tree: PageTree, sanitiser: Sanitiser, contents: NewContents = new Map()): Buffer {
  return new Writer(revision, tree, sanitiser, contents).write();
}

class Writer {
  readonly #revision: Revision;
  readonly #tree: PageTree;
  readonly #sanitiser: Sanitiser;
  readonly #contents: NewContents;
  /** Where an object of the old file lies in the new one; null for what does not come along. */
  readonly #places = new Map<string, number | null>();
  readonly #waiting: { readonly place: number; readonly value: PdfObject | PdfStream }[] = [];
  readonly #chunks: Buffer[] = [];
  readonly #offsets: number[] = [];
  #size = 0;
  #next = PAGES + 1;

  constructor(revision: Revision, tree: PageTree, sanitiser: Sanitiser, contents: NewContents) {
    this.#revision = revision;
    this.#tree = tree;
    this.#sanitiser = sanitiser;
    this.#contents = contents;
  }

  write(): Buffer {
    const { trailer, catalogReference } = this.#revision;
    this.#add(Buffer.from(`%PDF-${versionOf(this.#revision)}\n%\xe2\xe3\xcf\xd3\n`, 'latin1'));
    this.#places.set(keyOf(catalogReference), CATALOG);
    for (const branch of this.#tree.branches) this.#places.set(keyOf(branch), PAGES);
    const pages = this.#tree.pages.map((page) => {
      const place = this.#next++;
      // The same page object twice becomes two: a field drawn on the one would show on the other as well.
      if (page.reference && !this.#places.has(keyOf(page.reference))) this.#places.set(keyOf(page.reference), place);
      return place;
    });
    this.#writeObject(CATALOG, this.#catalog());
    this.#writeObject(PAGES, serialise({ type: 'dict', entries: new Map<string, PdfObject>([['Type', { type: 'name', name: 'Pages' }], ['Kids', { type: 'array', items: pages.map(reference) }], ['Count', number(pages.length)]]) }));
    this.#tree.pages.forEach(({ dict }, index) => this.#writePage(pages[index]!, dict, this.#contents.get(index)));
    const info = trailer.entries.get('Info');
    const tail = [...(info ? [`/Info ${this.#source(info)}`] : []), ...this.#identity(trailer)];
    // Not a queue: what an object names is written after it, and the list stays as short as the tree is deep.
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) this.#writeValue(next.place, next.value);
    return this.#end(tail.join(' '));
  }

  #catalog(): string {
    const { catalog } = this.#revision;
    const entries = new Map((this.#sanitiser.dict(catalog) ?? catalog).entries);
    entries.delete('Pages');
    return this.#dictSource(entries, [`/Pages ${PAGES} 0 R`]);
  }

  #writePage(place: number, dict: PdfDict, content: NewContent | undefined): void {
    const clean = this.#sanitiser.dict(dict) ?? dict;
    const entries = new Map([...clean.entries, ['Type', { type: 'name', name: 'Page' }] as const]);
    entries.delete('Parent');
    const own = [`/Parent ${PAGES} 0 R`];
    if (content) {
      own.push(`/Contents ${this.#contentSource(content, entries.get('Contents'))}`);
      entries.delete('Contents');
    }
    this.#writeObject(place, this.#dictSource(entries, own));
  }

  #contentSource(content: NewContent, present: PdfObject | undefined): string {
    if ('instead' in content) return this.#newStream(content.instead);
    const list = this.#revision.resolve(present);
    const parts = list.type === 'array' ? this.#items(list.items, 'Contents') : present ? [this.#source(present)] : [];
    return `[${[this.#newStream(content.before), ...parts, this.#newStream(content.after)].join(' ')}]`;
  }

  #newStream(data: Uint8Array): string {
    const place = this.#next++;
    this.#writeStream(place, `<</Length ${data.byteLength}>>`, data);
    return `${place} 0 R`;
  }

  #writeValue(place: number, value: PdfObject | PdfStream): void {
    if (value.type !== 'stream') return this.#writeObject(place, this.#source(value));
    const dict = this.#sanitiser.streamDict(value.dict) ?? value.dict;
    const data = this.#revision.bytes.subarray(value.start, value.end);
    this.#writeStream(place, this.#dictSource(new Map([...dict.entries, ['Length', number(data.length)]])), data);
  }

  #source(value: PdfObject, key?: string): string {
    if (value.type === 'reference') return this.#referenceSource(value);
    if (value.type === 'array') return `[${this.#items(value.items, key).join(' ')}]`;
    if (value.type !== 'dict') return serialise(value);
    const clean = this.#sanitiser.dict(value);
    return clean ? this.#dictSource(clean.entries) : 'null';
  }

  #items(items: readonly PdfObject[], key?: string): string[] {
    const sources = items.map((item) => this.#source(item));
    return key !== undefined && LISTS.has(key) ? sources.filter((source) => source !== 'null') : sources;
  }

  #dictSource(entries: ReadonlyMap<string, PdfObject>, more: readonly string[] = []): string {
    const sources = [...entries].map(([key, value]) => [serialise({ type: 'name', name: key }), this.#source(value, key)] as const);
    // An entry that is null is one that is not there (7.3.7).
    const lines = sources.filter(([, source]) => source !== 'null').map(([key, source]) => `${key} ${source}`);
    return `<<${[...lines, ...more].join('\n')}>>`;
  }

  #referenceSource(to: PdfReference): string {
    const key = keyOf(to);
    if (!this.#places.has(key)) this.#places.set(key, this.#placeOf(to));
    const place = this.#places.get(key);
    return place === null || place === undefined ? 'null' : `${place} 0 R`;
  }

  /** Decides, at the first reference to an object, whether it comes along. */
  #placeOf(to: PdfReference): number | null {
    const value = this.#revision.resolve(to);
    if (value.type === 'null') {
      if (this.#revision.xref.find(to.number) === undefined) this.#sanitiser.count('BROKEN_REFERENCE');
      return null;
    }
    if (value.type === 'dict' && !this.#sanitiser.dict(value)) return null;
    if (value.type === 'stream' && !this.#sanitiser.streamDict(value.dict)) return null;
    const place = this.#next++;
    this.#waiting.push({ place, value });
    return place;
  }

  /** /ID stays: it is how some readers know a file again. */
  #identity(trailer: PdfDict): string[] {
    const id = this.#revision.resolve(trailer.entries.get('ID'));
    const isPair = id.type === 'array' && id.items.length === 2 && id.items.every((item) => item.type === 'string');
    return isPair ? [`/ID ${serialise(id)}`] : [];
  }

  #writeObject(place: number, source: string): void {
    this.#begin(place);
    this.#add(Buffer.from(`${source}\nendobj\n`, 'latin1'));
  }

  #writeStream(place: number, dict: string, data: Uint8Array): void {
    this.#begin(place);
    this.#add(Buffer.from(`${dict}\nstream\n`, 'latin1'), Buffer.from(data.buffer, data.byteOffset, data.byteLength), Buffer.from('\nendstream\nendobj\n'));
  }

  #begin(place: number): void {
    this.#offsets[place] = this.#size;
    this.#add(Buffer.from(`${place} 0 obj\n`));
  }

  #add(...chunks: readonly Buffer[]): void {
    for (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#size += chunk.length;
    }
  }

  #end(trailer: string): Buffer {
    const start = this.#size;
    const rows = Array.from({ length: this.#next - 1 }, (_, index) => `${String(this.#offsets[index + 1]!).padStart(10, '0')} 00000 n \n`);
    this.#add(Buffer.from(`xref\n0 ${this.#next}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${this.#next} /Root ${CATALOG} 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF\n`, 'latin1'));
    return Buffer.concat(this.#chunks);
  }
}

function versionOf({ bytes }: Revision): string {
  return /^%PDF-(1\.[0-7]|2\.0)/.exec(bytes.toString('latin1', 0, 8))?.[1] ?? '1.7';
}
