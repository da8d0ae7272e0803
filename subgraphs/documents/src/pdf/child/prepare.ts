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
    const { revision, decrypted } = await normalise(pdf, request.password);
    const seen = strictly(() => survey(revision, shown, request));
    if (seen.signatures.signed) return keepSigned(pdf, revision, seen, shown, request);
    // Also in what could not be read at first: mending a signed file would break its signature.
    if (revision.bytes.buffer === pdf.buffer ? hasUnlistedSignature(revision) : looksSigned(pdf)) throw new Refused(revision.bytes.buffer === pdf.buffer ? 'SIGNATURE_UNLISTED' : 'SIGNATURE_UNREADABLE');
    return makeAnew(revision, decrypted, seen, shown, request);
  };
  return withDocument(pdf, work, { password: request.password, encrypted: true });
}

interface Seen {
  readonly tree: PageTree;
  readonly shapes: readonly PageShape[];
  readonly signatures: SignatureSurvey;
}

function survey(revision: Revision, shown: PDFiumDocument, { maxPages }: Request): Seen {
  const tree = pageTreeOf(revision, maxPages);
  // Here for its refusal of XFA, signed or not.
  factsOf(revision);
  return { tree, shapes: shapesOf(revision, tree, shown), signatures: surveySignatures(revision) };
}

function keepSigned(pdf: Uint8Array, revision: Revision, { tree, shapes, signatures }: Seen, shown: PDFiumDocument, request: Request): Prepared {
  if (revision.bytes.buffer !== pdf.buffer) throw new Refused('SIGNATURE_UNREADABLE', 'signed, but not readable as it is');
  if (signatures.certifiedFor === 1) throw new Refused('CERTIFIED_NO_CHANGES');
  const original = strictly(() => {
    const found = new Sanitiser(revision);
    // Written to nowhere: what it would take out is what there is.
    writeAnew(revision, tree, found);
    return describe(revision, shapes, shown, request, { hasSignatures: true, hasAttachments: found.hasAttachments, hasJavaScript: found.removed.has('JAVASCRIPT') });
  });
  const fields = strictly(() => fieldsOfForm(revision, tree, shapes));
  return { answer: { ok: true, rewritten: false, original, prepared: original, removed: [], fields, emptySignatureFields: signatures.emptyFields }, pdf: null };
}

async function makeAnew(revision: Revision, decrypted: boolean, { tree, shapes }: Seen, shown: PDFiumDocument, request: Request): Promise<Prepared> {
  const sanitiser = new Sanitiser(revision);
  const clean = strictly(() => writeAnew(revision, tree, sanitiser));
  const { hasAttachments, removed } = sanitiser;
  const original = strictly(() => describe(revision, shapes, shown, request, { hasSignatures: false, hasAttachments, hasJavaScript: removed.has('JAVASCRIPT') }));
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
  const answer: Preparation = { ok: true, rewritten: true, original, prepared, removed: removalsOf(removed, decrypted), fields: [...fields, ...tags.map(({ field }) => field)], emptySignatureFields: [...emptySignatureFields] };
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
