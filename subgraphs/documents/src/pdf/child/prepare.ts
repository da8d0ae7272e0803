import type { PDFiumDocument } from '@hyzyla/pdfium';
import type { Revision } from '@buffrsign/pades/reader';
import type { Inspection, Job, Preparation, Removal } from '../inspection.ts';
import { Refused } from '../refusal.ts';
import { blankTags } from './blank-tags.ts';
import { assertSameShapes, describe, shapesOf } from './describe.ts';
import { factsOf } from './facts.ts';
import { fieldsOfForm } from './form-fields.ts';
import type { PageShape } from './geometry.ts';
import { assertLooksAlike } from './looks-alike.ts';
import { normalise } from './normalise.ts';
import { pageTreeOf, type PageTree } from './pages.ts';
import { withDocument } from './pdfium.ts';
import { Sanitiser } from './sanitise.ts';
import { loadForSealing, rewrite } from './sealable.ts';
import { hasUnlistedSignature, looksSigned, surveySignatures, type SignatureSurvey } from './signed.ts';
import { openStrictly, strictly } from './strict.ts';
import { findTags } from './text-tags.ts';
import { writeAnew } from './write-anew.ts';

type Request = Extract<Job, { kind: 'prepare' }>;

/** Acrobat's own habit: the header may stand anywhere in the first kilobyte (ISO 32000-1, annex H.3). */
const HEADER_WITHIN = 1024;

export interface Prepared {
  readonly answer: Preparation;
  /** The file that is signed; null when that is the upload itself. */
  readonly pdf: Uint8Array | null;
}

/**
 * Makes an upload fit to be signed: one revision that every reader reads alike, that does nothing, and that shows what
 * the upload shows; that was looked at. A file that is signed already stays as it is, byte for byte.
 */
export async function prepare(pdf: Uint8Array, request: Request): Promise<Prepared> {
  if (!Buffer.from(pdf.buffer, pdf.byteOffset, Math.min(pdf.byteLength, HEADER_WITHIN)).includes('%PDF-')) throw new Refused('NOT_A_PDF');
  const work = async (shown: PDFiumDocument): Promise<Prepared> => {
    const pageCount = shown.getPageCount();
    if (pageCount < 1) throw new Refused('BROKEN', 'no pages');
    if (pageCount > request.maxPages) throw new Refused('TOO_MANY_PAGES', `${pageCount} pages; at most ${request.maxPages}`);
    const { reading, mended, decrypted } = await normalise(pdf, request.password, (revision) => survey(revision, shown, request));
    if (mended && (reading.signatures.signed || looksSigned(pdf))) throw new Refused('SIGNATURE_UNREADABLE', 'signed, but not readable as it is');
    if (reading.signatures.signed) return keepSigned(reading, shown, request);
    if (hasUnlistedSignature(reading.revision)) throw new Refused('SIGNATURE_UNLISTED');
    return makeAnew(reading, decrypted, shown, request);
  };
  return withDocument(pdf, work, { password: request.password, encrypted: true });
}

interface Reading {
  readonly revision: Revision;
  readonly tree: PageTree;
  readonly shapes: readonly PageShape[];
  readonly signatures: SignatureSurvey;
  readonly sanitiser: Sanitiser;
  /** Written anew, without what acts or hides. */
  readonly clean: Uint8Array;
}

/** Reads everything that the document leads to: what is wrong with it shows now. */
function survey(revision: Revision, shown: PDFiumDocument, { maxPages }: Request): Reading {
  // For its refusal of XFA, signed or not.
  factsOf(revision);
  const tree = pageTreeOf(revision, maxPages);
  const shapes = shapesOf(revision, tree, shown);
  const sanitiser = new Sanitiser(revision);
  return { revision, tree, shapes, signatures: surveySignatures(revision), sanitiser, clean: writeAnew(revision, tree, sanitiser) };
}

const describeOriginal = ({ revision, shapes, sanitiser: { hasAttachments, removed }, signatures }: Reading, shown: PDFiumDocument, request: Request): Inspection =>
  strictly(() => describe(revision, shapes, shown, request, { hasSignatures: signatures.signed, hasAttachments, hasJavaScript: removed.has('JAVASCRIPT') }));

async function keepSigned(reading: Reading, shown: PDFiumDocument, request: Request): Promise<Prepared> {
  const { revision, tree, shapes, signatures, clean } = reading;
  if (signatures.certifiedFor === 1) throw new Refused('CERTIFIED_NO_CHANGES');
  // It stays as it is; but what people see of it must be what the strict reader reads, which is what they sign.
  await withDocument(clean, (read) => assertLooksAlike(shown, read));
  const original = describeOriginal(reading, shown, request);
  const fields = strictly(() => fieldsOfForm(revision, tree, shapes));
  return { answer: { ok: true, rewritten: false, original, prepared: original, removed: [], fields, emptySignatureFields: signatures.emptyFields }, pdf: null };
}

async function makeAnew(reading: Reading, decrypted: boolean, shown: PDFiumDocument, request: Request): Promise<Prepared> {
  const { shapes, clean } = reading;
  const original = describeOriginal(reading, shown, request);
  const { tags, pdf } = await withDocument(clean, async (cleaned) => {
    await assertLooksAlike(shown, cleaned);
    const tags = findTags(cleaned, shapes);
    return { tags, pdf: tags.length > 0 ? await blankTags(clean, cleaned, shapes, tags) : clean };
  });
  const prepared = await readAgain(pdf, original, shapes, request);
  const { fields, emptySignatureFields } = strictly(() => {
    const last = openStrictly(pdf);
    return { fields: fieldsOfForm(last, pageTreeOf(last, request.maxPages), shapes), emptySignatureFields: surveySignatures(last).emptyFields };
  });
  const answer: Preparation = { ok: true, rewritten: true, original, prepared, removed: removalsOf(reading.sanitiser.removed, decrypted), fields: [...fields, ...tags.map(({ field }) => field)], emptySignatureFields: [...emptySignatureFields] };
  return { answer, pdf };
}

/** Reads what was written as everybody will who works with it later: the one that shows, the one that signs, the one that draws. */
function readAgain(pdf: Uint8Array, original: Inspection, shapes: readonly PageShape[], request: Request): Promise<Inspection> {
  return withDocument(pdf, async (shown) => {
    assertSameShapes(shown, shapes);
    const prepared = strictly(() => {
      const revision = openStrictly(pdf);
      shapesOf(revision, pageTreeOf(revision, request.maxPages), shown);
      return describe(revision, shapes, shown, request, { hasSignatures: false, hasAttachments: original.hasAttachments, hasJavaScript: false });
    });
    const sealed = await loadForSealing(pdf);
    if (sealed.getPages().length !== shapes.length) throw new Refused('BROKEN', 'pages get lost when the document is drawn on');
    await withDocument(await rewrite(sealed), (again) => assertSameShapes(again, shapes));
    return prepared;
  });
}

const removalsOf = (removed: ReadonlyMap<Removal['kind'], number>, decrypted: boolean): Removal[] => [
  ...(decrypted ? [{ kind: 'PROTECTION' as const, count: 1 }] : []),
  ...[...removed].map(([kind, count]) => ({ kind, count })),
];
