import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, PDFString, type PDFDocument, type PDFRef } from 'pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);
/** SignaturesExist and AppendOnly (ISO 32000-1, table 219). */
const SIGNATURES_EXIST_APPEND_ONLY = 3;

/** The interactive form of a document; made when there is none. */
export class Form {
  readonly #document: PDFDocument;
  readonly dict: PDFDict;
  readonly #fields: PDFArray;

  constructor(document: PDFDocument) {
    this.#document = document;
    const { catalog, context } = document;
    const existing = catalog.lookup(name('AcroForm'));
    this.dict = existing instanceof PDFDict ? existing : context.obj({});
    if (this.dict !== existing) catalog.set(name('AcroForm'), context.register(this.dict));
    const fields = this.dict.lookup(name('Fields'));
    this.#fields = fields instanceof PDFArray ? fields : context.obj([]);
    if (this.#fields !== fields) this.dict.set(name('Fields'), this.#fields);
  }

  /** First parts of the names that the form's fields have. */
  get names(): ReadonlySet<string> {
    const fields = this.#fields.asArray().map((field) => this.#document.context.lookup(field));
    return new Set(
      fields.flatMap((field) => {
        const title = field instanceof PDFDict ? field.lookup(name('T')) : undefined;
        return title instanceof PDFString || title instanceof PDFHexString ? [title.decodeText()] : [];
      }),
    );
  }

  add(field: PDFRef): void {
    this.#fields.push(field);
  }

  /** What viewers must know of a form with signatures in it. */
  prepareForSignatures(): void {
    const flags = this.dict.lookup(name('SigFlags'));
    const before = flags instanceof PDFNumber ? flags.asNumber() : 0;
    this.dict.set(name('SigFlags'), PDFNumber.of(before | SIGNATURES_EXIST_APPEND_ONLY));
    // With it viewers would make up appearances of their own, and change what was signed.
    this.dict.delete(name('NeedAppearances'));
  }

  /** The font that the default appearance of text fields names; nothing is ever drawn with it. */
  provideDefaultFont(): void {
    const { context } = this.#document;
    const resources = dictIn(this.dict, 'DR');
    const fonts = dictIn(resources, 'Font');
    if (fonts.has(name('Helv'))) return;
    const font = context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica', Encoding: 'WinAnsiEncoding' });
    fonts.set(name('Helv'), context.register(font));
  }
}

function dictIn(owner: PDFDict, key: string): PDFDict {
  const existing = owner.lookup(name(key));
  if (existing instanceof PDFDict) return existing;
  const made = owner.context.obj({});
  owner.set(name(key), made);
  return made;
}
