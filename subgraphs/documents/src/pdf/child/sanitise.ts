import { nameOf, textOf, type PdfDict, type PdfObject, type PdfStream, type Revision } from '@buffrsign/pades/reader';
import type { RemovalKind } from '../inspection.ts';

/** Actions that only move within the document, or that ask before they open a link (ISO 32000-2, 12.6.4). */
const HARMLESS_ACTIONS = new Set(['GoTo', 'GoToDp', 'URI']);
const HARMFUL_ACTIONS = new Set([
  'JavaScript', 'Launch', 'SubmitForm', 'ImportData', 'ResetForm', 'GoToR', 'GoToE', 'Thread', 'Hide', 'SetOCGState',
  'Rendition', 'Sound', 'Movie', 'Trans', 'GoTo3DView', 'RichMediaExecute',
]);
const NAMED_ACTIONS = new Set(['NextPage', 'PrevPage', 'FirstPage', 'LastPage']);
/** Where an action stands: whatever is not known to be harmless goes. */
const ACTION_KEYS = new Set(['A', 'PA', 'Next', 'OpenAction']);
const HARMLESS_LINK = /^(https?:|mailto:|tel:|[^:]*$|[^:]*[/?#])/i;

const PLAYED = new Set(['RichMedia', '3D', 'Sound', 'Movie', 'Screen']);
/** What an annotation keeps that is no more than a picture. */
const PICTURE_KEYS = new Set(['Type', 'Rect', 'AP', 'AS', 'P', 'F', 'NM', 'M', 'Contents', 'StructParent', 'OC']);
const READ_ONLY_AND_LOCKED = 64 + 128;

const CATALOG_KEYS: Readonly<Record<string, RemovalKind>> = { Collection: 'PORTFOLIO', Perms: 'USAGE_RIGHTS', Requirements: 'AUTOMATIC_ACTION' };
const NAMES_KEYS: Readonly<Record<string, RemovalKind>> = { JavaScript: 'JAVASCRIPT', Renditions: 'MULTIMEDIA', AlternatePresentations: 'AUTOMATIC_ACTION' };
/** Data of a stream that lie in another file (7.3.8.2), a page of another file (8.10.4), and pictures that only the printer shows. */
const STREAM_KEYS: Readonly<Record<string, RemovalKind>> = { F: 'HIDDEN_CONTENT', FFilter: 'HIDDEN_CONTENT', FDecodeParms: 'HIDDEN_CONTENT', Ref: 'HIDDEN_CONTENT', OPI: 'HIDDEN_CONTENT', Alternates: 'HIDDEN_CONTENT' };

/** Takes out of a document, value by value, what acts or hides, and counts it. */
export class Sanitiser {
  readonly removed = new Map<RemovalKind, number>();
  hasAttachments = false;
  readonly #revision: Revision;
  readonly #names: PdfObject | PdfStream;
  /** What became of a dictionary: however often it is asked for, it is counted once. */
  readonly #clean = new Map<PdfDict, PdfDict | null>();
  readonly #harmful = new Set<PdfDict>();

  constructor(revision: Revision) {
    this.#revision = revision;
    this.#names = revision.resolve(revision.catalog.entries.get('Names'));
  }

  count(kind: RemovalKind): void {
    this.removed.set(kind, (this.removed.get(kind) ?? 0) + 1);
  }

  /** The dictionary without what acts; null when nothing of it may stay. */
  dict(dict: PdfDict): PdfDict | null {
    return this.#once(dict, () => this.#cleaned(dict));
  }

  #cleaned(dict: PdfDict): PdfDict | null {
    if (dict.entries.has('EF')) this.hasAttachments = true;
    if (this.#isHarmful(dict, HARMFUL_ACTIONS)) return null;
    if (PLAYED.has(this.#nameAt(dict, 'Subtype') ?? '') && dict.entries.has('Rect')) return this.#pictureOf(dict);
    const unwanted = dict === this.#revision.catalog ? CATALOG_KEYS : dict === this.#names ? NAMES_KEYS : {};
    return this.#without(dict, unwanted);
  }

  /** The dictionary of a stream; null when the stream would be taken for a part of the file's own structure. */
  streamDict(dict: PdfDict): PdfDict | null {
    return this.#once(dict, () => this.#cleanedStream(dict));
  }

  #once(dict: PdfDict, clean: () => PdfDict | null): PdfDict | null {
    const known = this.#clean.get(dict);
    if (known !== undefined) return known;
    const cleaned = clean();
    this.#clean.set(dict, cleaned);
    return cleaned;
  }

  #cleanedStream(dict: PdfDict): PdfDict | null {
    // A reader that goes through the file from its first byte on would find objects in it that no cross-reference names.
    if (['ObjStm', 'XRef'].includes(this.#nameAt(dict, 'Type') ?? '')) {
      this.count('HIDDEN_CONTENT');
      return null;
    }
    return this.#without(dict, STREAM_KEYS);
  }

  #without(dict: PdfDict, unwanted: Readonly<Record<string, RemovalKind>>): PdfDict {
    const kept = [...dict.entries].filter(([key, value]) => {
      if (Object.hasOwn(unwanted, key)) {
        this.count(unwanted[key]!);
        return false;
      }
      if (key === 'AA') this.#countTriggers(value);
      return key !== 'AA' && !(ACTION_KEYS.has(key) && this.#isHarmfulAt(value));
    });
    return { type: 'dict', entries: new Map(kept) };
  }

  /** Additional actions (12.6.3) come of themselves, by opening a page or leaving a field: none stays. */
  #countTriggers(value: PdfObject): void {
    const triggers = this.#revision.resolve(value);
    for (const trigger of triggers.type === 'dict' ? triggers.entries.values() : []) {
      const action = this.#revision.resolve(trigger);
      this.count(action.type === 'dict' && this.#nameAt(action, 'S') === 'JavaScript' ? 'JAVASCRIPT' : 'AUTOMATIC_ACTION');
    }
  }

  #isHarmfulAt(value: PdfObject): boolean {
    const action = this.#revision.resolve(value);
    return action.type === 'dict' && this.#isHarmful(action);
  }

  /** By the list of what is known to be harmful, or, where none is given, by whether it is known to be harmless. */
  #isHarmful(dict: PdfDict, harmful?: ReadonlySet<string>): boolean {
    const kind = this.#nameAt(dict, 'S');
    if (kind === undefined) return false;
    if (kind === 'URI' ? this.#linksHarmlessly(dict) : this.#isHarmless(kind, dict, harmful)) return false;
    if (!this.#harmful.has(dict)) this.count(kind === 'JavaScript' ? 'JAVASCRIPT' : 'ACTION');
    this.#harmful.add(dict);
    return true;
  }

  #isHarmless(kind: string, dict: PdfDict, harmful?: ReadonlySet<string>): boolean {
    if (kind === 'Named' && dict.entries.has('N')) return NAMED_ACTIONS.has(this.#nameAt(dict, 'N') ?? '');
    return harmful ? !harmful.has(kind) : HARMLESS_ACTIONS.has(kind);
  }

  #linksHarmlessly(dict: PdfDict): boolean {
    const link = this.#revision.resolve(dict.entries.get('URI'));
    return link.type !== 'string' || HARMLESS_LINK.test(textOf(link).trim());
  }

  /** What was to be played becomes the still picture that it shows; without one it goes. */
  #pictureOf(dict: PdfDict): PdfDict | null {
    this.count('MULTIMEDIA');
    if (this.#revision.resolve(dict.entries.get('AP')).type !== 'dict') return null;
    const flags = this.#revision.resolve(dict.entries.get('F'));
    const before = flags.type === 'number' ? flags.value : 0;
    const entries = new Map<string, PdfObject>([...dict.entries].filter(([key]) => PICTURE_KEYS.has(key)));
    entries.set('Subtype', { type: 'name', name: 'Stamp' });
    entries.set('F', { type: 'number', value: before | READ_ONLY_AND_LOCKED, source: String(before | READ_ONLY_AND_LOCKED) });
    return { type: 'dict', entries };
  }

  #nameAt(dict: PdfDict, key: string): string | undefined {
    return nameOf(this.#revision.resolve(dict.entries.get(key)));
  }
}
