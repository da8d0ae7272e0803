import type { Revision } from '../pdf/revision.ts';
import { judgeStep } from './judge-step.ts';
import type { RawChange } from './judge.ts';
import { References } from './references.ts';
import type { SignatureValue } from './signature-value.ts';
import { compare, listedIn, newSections, type Step } from './step.ts';

/** A step from one signed revision to the next, or to the end of the file, and what changed in it. */
export interface JudgedStep {
  readonly step: Step;
  readonly changes: readonly RawChange[];
}

/** The signed revisions of a document, oldest first, and what changed between them. */
export interface Timeline {
  /** By the length of the revision in bytes. */
  readonly revisions: ReadonlyMap<number, Revision>;
  readonly steps: readonly JudgedStep[];
}

export function readTimeline(document: Revision, signatures: readonly SignatureValue[]): Timeline {
  const length = document.bytes.length;
  const ends = [...new Set(signatures.flatMap(({ coverage }) => (coverage ? [coverage.end] : [])))].sort((a, b) => a - b);
  const revisions = new Map(ends.map((end) => [end, end === length ? document : document.prefix(end)]));
  const states = [...revisions.values(), ...(ends.length > 0 && ends.at(-1) !== length ? [document] : [])];
  const [first] = states;
  if (!first || states.length < 2) return { revisions, steps: [] };
  const references = new References(listedIn(newSections(document, first.bytes.length), document));
  references.follow(first);
  const steps: JudgedStep[] = [];
  for (const [i, old] of states.slice(0, -1).entries()) {
    const next = states[i + 1] ?? document;
    const step = compare(old, next, signatures.filter(({ coverage }) => coverage?.end === next.bytes.length));
    steps.push({ step, changes: judgeStep(step, references) });
    references.follow(next, step.changed.keys());
  }
  return { revisions, steps };
}
