import type { PdfReference } from '../pdf/objects.ts';
import type { Update } from '../pdf/update.ts';
import { readPageGraph, writeGraphObject, type PageGraph } from './page-graph.ts';

/**
 * What a field shows: a PDF of one page, drawn by whatever the caller likes. The page becomes a form XObject
 * and its MediaBox the box that is fitted into the field. Read once per object: keep the object to save the work.
 */
export interface Appearance {
  readonly pdf: Uint8Array;
}

export type Rotation = 0 | 90 | 180 | 270;

const graphs = new WeakMap<Appearance, PageGraph>();

/** Writes appearances into one update; what two fields show alike is written once. */
export class AppearanceWriter {
  readonly #update: Update;
  readonly #written = new Map<Appearance, { readonly first: number; readonly forms: Map<Rotation, PdfReference> }>();

  constructor(update: Update) {
    this.#update = update;
  }

  /** The form XObject of an appearance for a widget that is turned by `rotation` (/R of its /MK). */
  write(appearance: Appearance, rotation: Rotation): PdfReference {
    const graph = graphOf(appearance);
    const { first, forms } = this.#objectsOf(appearance, graph);
    const known = forms.get(rotation);
    if (known) return known;
    const head = `/Type /XObject\n/Subtype /Form\n/BBox [${graph.box.join(' ')}]\n/Matrix [${matrix(graph.box, rotation).join(' ')}]\n`;
    const form = this.#update.add(writeGraphObject(graph.form, first, head));
    forms.set(rotation, form);
    return form;
  }

  #objectsOf(appearance: Appearance, graph: PageGraph): { first: number; forms: Map<Rotation, PdfReference> } {
    const known = this.#written.get(appearance);
    if (known) return known;
    const references = graph.objects.map(() => this.#update.allocate());
    const first = references[0]?.number ?? 0;
    references.forEach((reference, index) => {
      const object = graph.objects[index];
      if (object) this.#update.put(reference, writeGraphObject(object, first));
    });
    const written = { first, forms: new Map<Rotation, PdfReference>() };
    this.#written.set(appearance, written);
    return written;
  }
}

function graphOf(appearance: Appearance): PageGraph {
  const known = graphs.get(appearance);
  if (known) return known;
  const graph = readPageGraph(appearance.pdf);
  graphs.set(appearance, graph);
  return graph;
}

/** Turns the box counterclockwise and puts it back to the origin (ISO 32000-1, 8.3.4 and 12.5.5, algorithm 8). */
function matrix([x0, y0, x1, y1]: PageGraph['box'], rotation: Rotation): readonly number[] {
  if (rotation === 90) return [0, 1, -1, 0, y1, -x0];
  if (rotation === 180) return [-1, 0, 0, -1, x1, y1];
  if (rotation === 270) return [0, -1, 1, 0, -y0, x1];
  return [1, 0, 0, 1, -x0, -y0];
}
