import type { PdfObject, PdfStream } from '../pdf/objects.ts';
import type { Revision } from '../pdf/revision.ts';

/** Where a reference stands: in which object (0: the trailer), and under which keys of it. */
export interface Referrer {
  readonly owner: number;
  /** Keys joined by periods; an array adds nothing. */
  readonly path: string;
}

/**
 * What the catalog leads to: which references lead nowhere, and who refers to the objects that later revisions list.
 * Grows from revision to revision; what an older one referred to stays known.
 */
export class References {
  /** Numbers that were referred to while no such object existed. */
  readonly dangling = new Set<number>();
  readonly #referrers = new Map<number, Referrer[]>();
  readonly #visited = new Set<number>();
  readonly #pending: number[] = [];
  readonly #keys: string[] = [];

  /** Only for these objects referrers are kept: to keep all would cost as much as the document. */
  constructor(interesting: Iterable<number>) {
    for (const number of interesting) this.#referrers.set(number, []);
  }

  referrersOf(number: number): readonly Referrer[] {
    return this.#referrers.get(number) ?? [];
  }

  isReachable(number: number): boolean {
    return this.#visited.has(number);
  }

  /** Follows all references from the trailer, and anew from the objects that changed in this revision. */
  follow(revision: Revision, changed: Iterable<number> = []): void {
    for (const key of ['Root', 'Info']) {
      const value = revision.trailer.entries.get(key);
      this.#keys.push(key);
      if (value) this.#scan(revision, value, 0);
      this.#keys.pop();
    }
    for (const number of changed) if (this.#visited.has(number)) this.#pending.push(number);
    for (let number = this.#pending.pop(); number !== undefined; number = this.#pending.pop()) {
      const entry = revision.xref.find(number);
      const generation = entry?.kind === 'at' ? entry.generation : 0;
      this.#scan(revision, revision.resolve({ type: 'reference', number, generation }), number);
    }
  }

  #scan(revision: Revision, value: PdfObject | PdfStream, owner: number): void {
    switch (value.type) {
      case 'reference':
        return this.#meet(revision, value.number, value.generation, owner);
      case 'array':
        for (const item of value.items) this.#scan(revision, item, owner);
        return;
      case 'stream':
        return this.#scan(revision, value.dict, owner);
      case 'dict':
        for (const [key, entry] of value.entries) {
          if (entry.type !== 'reference' && entry.type !== 'array' && entry.type !== 'dict') continue;
          this.#keys.push(key);
          this.#scan(revision, entry, owner);
          this.#keys.pop();
        }
    }
  }

  #meet(revision: Revision, number: number, generation: number, owner: number): void {
    revision.budget.spendSteps(1);
    const referrers = this.#referrers.get(number);
    if (referrers) {
      const path = this.#keys.join('.');
      if (!referrers.some((known) => known.owner === owner && known.path === path)) referrers.push({ owner, path });
      revision.budget.spendSteps(referrers.length);
    }
    if (this.#visited.has(number)) return;
    const entry = revision.xref.find(number);
    const exists = entry && entry.kind !== 'free' && (entry.kind === 'at' ? entry.generation : 0) === generation;
    if (!exists) this.dangling.add(number);
    else {
      this.#visited.add(number);
      this.#pending.push(number);
    }
  }
}
