import { deflateSync } from 'node:zlib';
import { LIMITS } from '../limits.ts';
import { decodeStream } from '../pdf/filters.ts';
import { NULL, integerOf, type PdfObject, type PdfReference, type PdfStream } from '../pdf/objects.ts';
import { onlyPage, pageAttribute, type Page } from '../pdf/pages.ts';
import { Revision } from '../pdf/revision.ts';
import { serialise, serialiseStream } from '../pdf/serialise.ts';
import { PdfRefusal, SigningFailure } from '../refusal.ts';

/** Source of an object with gaps where references stand: even parts are text, odd ones the index of an object. */
export type Source = readonly string[];

/** An object of a page, ready to be written into another file under another number. */
export interface GraphObject {
  readonly source: Source;
  /** Of a stream: its data as they lay in the file, still compressed. */
  readonly data: Buffer | undefined;
}

/** What a page shows, without the document around it. */
export interface PageGraph {
  /** x0, y0, x1, y1 of the MediaBox. */
  readonly box: readonly [number, number, number, number];
  /** Entries of the form XObject, without /Matrix, and its content. */
  readonly form: GraphObject;
  /** The objects that the form needs. */
  readonly objects: readonly GraphObject[];
}

/** Far above the largest page there can be; larger numbers would be written with an exponent, which PDF does not know. */
const COORDINATE_MAX = 1_000_000;

const GAP = /\uE000(\d+)\uE001/;

/** Reads the single page of a PDF with all that its resources lead to. Nothing else of the document is looked at. */
export function readPageGraph(pdf: Uint8Array): PageGraph {
  try {
    const revision = new Revision(pdf);
    const page = onlyPage(revision);
    if (!page) throw unusable('it has more than one page');
    return new Collector(revision).collect(page);
  } catch (cause) {
    if (cause instanceof PdfRefusal) throw unusable(cause.message, cause);
    throw cause;
  }
}

function unusable(why: string, cause?: unknown): SigningFailure {
  return new SigningFailure('APPEARANCE_UNUSABLE', `The appearance cannot be used: ${why}`, { cause });
}

class Collector {
  readonly #revision: Revision;
  readonly #indices = new Map<number, number>();
  readonly #queue: PdfReference[] = [];

  constructor(revision: Revision) {
    this.#revision = revision;
  }

  collect(page: Page): PageGraph {
    if ((integerOf(this.#revision.resolve(pageAttribute(page, 'Rotate'))) ?? 0) % 360 !== 0) throw unusable('its page is rotated');
    const box = this.#box(page);
    const { entries, data } = this.#content(page);
    const resources = pageAttribute(page, 'Resources');
    const form = new Map<string, PdfObject>([...entries, ['Resources', resources ?? { type: 'dict', entries: new Map() }]]);
    const group = page.dict.entries.get('Group');
    if (group) form.set('Group', group);
    const source = this.#source(form);
    const objects: GraphObject[] = [];
    // Grows while it is walked: each object may lead to more.
    for (const reference of this.#queue) {
      if (objects.length >= LIMITS.appearanceObjects) throw unusable('it has too many objects');
      objects.push(this.#object(reference));
    }
    const bytes = [data, ...objects.map((object) => object.data)].reduce((sum, part) => sum + (part?.length ?? 0), 0);
    if (bytes > LIMITS.appearanceBytes) throw unusable('it is too large');
    return { box, form: { source, data }, objects };
  }

  #box(page: Page): PageGraph['box'] {
    const numbers = this.#revision.array(pageAttribute(page, 'MediaBox'), '/MediaBox').items.map((item) => {
      const value = this.#revision.resolve(item);
      return value.type === 'number' ? value.value : Number.NaN;
    });
    const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = numbers;
    if (![a, b, c, d].every((value) => Math.abs(value) <= COORDINATE_MAX) || a === c || b === d) throw unusable('its page has no area');
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  }

  /** One stream goes over as it is; several are joined, because a form has only one. */
  #content(page: Page): { entries: Map<string, PdfObject>; data: Buffer } {
    const contents = this.#revision.resolve(page.dict.entries.get('Contents'));
    const parts = (contents.type === 'array' ? contents.items.map((item) => this.#revision.resolve(item)) : [contents]).filter(isStream);
    const [only] = parts;
    if (only && parts.length === 1) return this.#stream(only);
    const joined = parts.flatMap((part) => [decodeStream(this.#revision.bytes, part, this.#revision.budget), Buffer.from('\n')]);
    return { entries: new Map([['Filter', { type: 'name', name: 'FlateDecode' }]]), data: deflateSync(Buffer.concat(joined)) };
  }

  #object(reference: PdfReference): GraphObject {
    const value = this.#revision.resolve(reference);
    if (!isStream(value)) return { source: this.#fill(serialise(value, this.#gap)), data: undefined };
    const { entries, data } = this.#stream(value);
    return { source: this.#source(entries), data };
  }

  #stream({ dict, start, end }: PdfStream): { entries: Map<string, PdfObject>; data: Buffer } {
    // /F would have a reader fetch the data from elsewhere.
    if (dict.entries.has('F')) throw unusable('it refers to another file');
    const entries = new Map(dict.entries);
    entries.delete('Length');
    // A copy: the bytes stay what they are when the caller uses the array for something else.
    return { entries, data: Buffer.from(this.#revision.bytes.subarray(start, end)) };
  }

  /** The entries of a dictionary without its brackets. */
  #source(entries: ReadonlyMap<string, PdfObject>): Source {
    return this.#fill(serialise({ type: 'dict', entries }, this.#gap).slice(2, -2));
  }

  #fill(text: string): Source {
    return text.split(GAP);
  }

  // Characters that no PDF source has: that is Latin-1.
  readonly #gap = (reference: PdfReference): string => {
    // What is not there may not be defined by anybody later: it becomes null.
    if (this.#revision.resolve(reference).type === NULL.type) return 'null';
    let index = this.#indices.get(reference.number);
    if (index === undefined) {
      index = this.#queue.push(reference) - 1;
      this.#indices.set(reference.number, index);
    }
    return `\uE000${index}\uE001`;
  };
}

function isStream(value: PdfObject | PdfStream): value is PdfStream {
  return value.type === 'stream';
}

/** An object's source where object `index` has the number `first + index`. */
export function writeGraphObject({ source, data }: GraphObject, first: number, more = ''): Buffer {
  const text = source.map((part, at) => (at % 2 === 0 ? part : `${first + Number(part)} 0 R`)).join('');
  return data ? serialiseStream(more + text, data) : Buffer.from(text, 'latin1');
}
