import { Budget } from './budget.ts';
import type { IndirectObject } from './indirect.ts';
import type { ObjectStream } from './object-stream.ts';
import type { XrefSection } from './xref-section.ts';

/**
 * What was read at which byte. The revisions of one file share it: each is a prefix of the next, so the same bytes
 * mean the same, and an object that did not change is the same value in all of them.
 */
export class ReaderCache {
  readonly budget: Budget;
  readonly sections = new Map<number, XrefSection>();
  readonly objects = new Map<number, IndirectObject>();
  readonly objectStreams = new Map<number, ObjectStream>();

  constructor(budget = new Budget()) {
    this.budget = budget;
  }
}
