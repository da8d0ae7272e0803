import { setImmediate as turn } from 'node:timers/promises';
import type { ServedGraph } from './served-graph.ts';

/** How much is planned before a graph is served. What is left is planned when somebody asks for it. */
export interface WarmLimits {
  readonly operations: number;
  readonly ms: number;
}

export const warmLimits: WarmLimits = { operations: 1_000, ms: 10_000 };

export interface Warmed {
  readonly planned: number;
  /** Operations that clients ask for and that are not valid any more. */
  readonly invalid: readonly string[];
}

/**
 * Plans on the next graph what clients ask of the one before, what they ask most often first. A plan takes some ten
 * milliseconds: requests have their turn after each.
 */
export const warm = async (next: ServedGraph, before: ServedGraph, limits: WarmLimits, isOver: () => boolean): Promise<Warmed> => {
  const end = performance.now() + limits.ms;
  const invalid: string[] = [];
  let planned = 0;
  for (const used of before.usage().slice(0, limits.operations)) {
    if (performance.now() > end || isOver()) break;
    const adopted = next.adopt(used);
    if (!adopted) invalid.push(used.operationName ?? used.query.slice(0, 100));
    for (const to of adopted ? used.granted : []) {
      await turn();
      try {
        adopted!.plan(to);
        planned += 1;
      } catch {
        // It has no plan; whoever asks for it is told why.
      }
    }
    await turn();
  }
  return { planned, invalid };
};
