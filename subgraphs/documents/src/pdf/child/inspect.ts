import type { Inspection } from '../inspection.ts';
import { describe, shapesOf, type TextLimits } from './describe.ts';
import { pageTreeOf } from './pages.ts';
import { withDocument } from './pdfium.ts';
import { Sanitiser } from './sanitise.ts';
import { surveySignatures } from './signed.ts';
import { openStrictly, strictly } from './strict.ts';
import { writeAnew } from './write-anew.ts';

/** Looks at a document that was made here, or prepared here: whatever is the matter with it refuses it. */
export function inspect(pdf: Uint8Array, limits: TextLimits): Promise<Inspection> {
  return withDocument(pdf, (shown) => {
    return strictly(() => {
      const revision = openStrictly(pdf);
      const tree = pageTreeOf(revision, limits.maxPages);
      const shapes = shapesOf(revision, tree, shown);
      const found = new Sanitiser(revision);
      // Written to nowhere: what it would take out is what there is.
      writeAnew(revision, tree, found);
      return describe(revision, shapes, shown, limits, { hasSignatures: surveySignatures(revision).signed, hasAttachments: found.hasAttachments, hasJavaScript: found.removed.has('JAVASCRIPT') });
    });
  });
}
