import type { Revision } from '../pdf/revision.ts';
import { findInSection } from '../pdf/xref-section.ts';
import { damaged } from '../refusal.ts';

/**
 * Refuses a hybrid file whose table and stream both say where an object is, and do not agree: which of the two a
 * viewer believes depends on its age, so two people would be shown two documents.
 */
export function assertUnambiguous({ xref, budget }: Revision): void {
  for (const { section, hidden } of xref.layers) {
    if (!hidden) continue;
    for (const { first, count, entry } of hidden.subsections) {
      budget.spendSteps(8 * count);
      for (let row = 0; row < count; row++) {
        const visible = findInSection(section, first + row);
        if (!visible || visible.kind === 'free') continue;
        const other = entry(row);
        const isSame = other.kind === 'at' && visible.kind === 'at' && other.offset === visible.offset && other.generation === visible.generation;
        if (other.kind !== 'free' && !isSame) throw damaged(`its table and its stream place object ${first + row} differently`);
      }
    }
  }
}

/** A linearized file has two sections for one revision: the later one stands before the earlier one. */
export function countRevisions({ xref: { layers } }: Revision): number {
  return layers.filter(({ section }, i) => section.offset > (layers[i + 1]?.section.offset ?? -1)).length;
}
