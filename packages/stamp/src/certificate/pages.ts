import type { PDFDocument } from 'pdf-lib';
import type { ValueField } from '../layout/plan.ts';
import type { Materials } from '../pdf/materials.ts';
import type { CertificatePlan } from './plan.ts';

/** A4, in points. */
const PAGE = { width: 595.28, height: 841.89 };
const ENTRIES_A_PAGE = 4;

/** Appends the pages of the completion certificate; the fields of its entries are still to be added. */
export function addCertificate(document: PDFDocument, plan: CertificatePlan, _materials: Materials): ValueField[] {
  return plan.recipients.map((recipient, index) => {
    if (index % ENTRIES_A_PAGE === 0) document.addPage([PAGE.width, PAGE.height]);
    const rectangle = { x: 0.1, y: 0.3 + (index % ENTRIES_A_PAGE) * 0.16, width: 0.8, height: 0.13 };
    return { kind: 'value', name: recipient.fieldName, page: document.getPageCount(), rectangle };
  });
}
