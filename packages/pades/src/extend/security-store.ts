import { createHash } from 'node:crypto';
import { array, dict, name, withEntries, type PdfDict, type PdfObject } from '../pdf/objects.ts';
import { decodeStream } from '../pdf/filters.ts';
import type { Revision } from '../pdf/revision.ts';
import { serialiseStream } from '../pdf/serialise.ts';
import type { Update } from '../pdf/update.ts';
import { tooComplex } from '../refusal.ts';
import { changeCatalog } from '../sign/form-change.ts';

export type StoreKind = 'Certs' | 'OCSPs' | 'CRLs';
const KINDS: readonly StoreKind[] = ['Certs', 'OCSPs', 'CRLs'];
/** What validation data are for one signature, by the key of its VRI. */
export type SignatureKeys = ReadonlyMap<string, ReadonlySet<string>>;

/** Values that a store may hold; each is checked against every certificate in question. */
const VALUES_MAX = 2000;

interface Stored {
  readonly kind: StoreKind;
  readonly der: Buffer;
  /** Undefined for what is not in the file yet. */
  readonly reference: PdfObject | undefined;
}

/** The document security store (ETSI EN 319 142-1, 5.4.2): validation data that travel with the document. Values are kept once. */
export class SecurityStore {
  readonly #values = new Map<string, Stored>();

  static read(revision: Revision): SecurityStore {
    const store = new SecurityStore();
    const known = revision.optionalDict(revision.catalog.entries.get('DSS'), '/DSS');
    if (!known) return store;
    for (const kind of KINDS) {
      for (const item of revision.array(known.entries.get(kind), `/${kind} of the security store`).items) {
        const stream = revision.resolve(item);
        if (stream.type === 'stream') store.#add(kind, decodeStream(revision.bytes, stream, revision.budget), item);
      }
    }
    return store;
  }

  /** Adds a value unless it is there. Returns its key. */
  add(kind: StoreKind, der: Uint8Array): string {
    return this.#add(kind, Buffer.from(der), undefined);
  }

  values(kind: StoreKind): Buffer[] {
    return [...this.#values.values()].flatMap((value) => (value.kind === kind ? [value.der] : []));
  }

  get hasNews(): boolean {
    return [...this.#values.values()].some(({ reference }) => reference === undefined);
  }

  #add(kind: StoreKind, der: Buffer, reference: PdfObject | undefined): string {
    const key = `${kind} ${createHash('sha256').update(der).digest('hex')}`;
    if (!this.#values.has(key)) this.#values.set(key, { kind, der, reference });
    if (this.#values.size > VALUES_MAX) throw tooComplex('its security store has too many values');
    return key;
  }

  /** Writes the store with all that is new, and with VRI entries where they are asked for. */
  write(update: Update, signatures: SignatureKeys): void {
    const references = new Map<string, PdfObject>();
    for (const [key, { der, reference }] of this.#values) references.set(key, reference ?? update.add(serialiseStream('', der)));
    const of = (kind: StoreKind, keys: Iterable<string>): PdfObject[] =>
      [...keys].flatMap((key) => (this.#values.get(key)?.kind === kind ? (references.get(key) ?? []) : []));
    const current = update.catalog.entries.get('DSS');
    const known = update.optionalDict(current, '/DSS') ?? dict({ Type: name('DSS') });
    const lists = entriesOf(KINDS.map((kind) => [kind, of(kind, this.#values.keys())]));
    const vri = [...signatures].map(([signature, keys]): [string, PdfObject] => [
      signature,
      update.add(dict(entriesOf([['Cert', of('Certs', keys)], ['OCSP', of('OCSPs', keys)], ['CRL', of('CRLs', keys)]]))),
    ]);
    const knownVri: PdfDict = update.optionalDict(known.entries.get('VRI'), '/VRI') ?? dict({});
    const changes = { ...lists, ...(vri.length > 0 ? { VRI: withEntries(knownVri, Object.fromEntries(vri)) } : {}) };
    const changed = withEntries(known, changes);
    // A reference that leads nowhere is left alone: what was not there when it was signed must not appear behind it.
    if (current?.type === 'reference' && update.resolve(current).type === 'dict') update.change(current, 'security store', changed);
    else changeCatalog(update, { DSS: update.add(changed) });
  }
}

function entriesOf(lists: readonly (readonly [string, readonly PdfObject[]])[]): Record<string, PdfObject> {
  return Object.fromEntries(lists.flatMap(([key, items]) => (items.length > 0 ? [[key, array(items)]] : [])));
}

/** The name of a signature in the VRI: SHA-1 of /Contents, which only names it (EN 319 142-1, 5.4.2.3). */
export function vriKey(contents: Buffer): string {
  return createHash('sha1').update(contents).digest('hex').toUpperCase();
}
