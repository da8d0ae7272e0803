/** How operations are priced, and what becomes of dear ones. */
export interface CostSettings {
  /** `measure` only tells; `enforce` refuses what would cost more than `max`. */
  readonly mode: 'measure' | 'enforce';
  /** The most that one operation may be estimated to cost. */
  readonly max: number;
  /** Items that a list is taken to have where the schema says nothing of its size. */
  readonly listSize: number;
}

/** What one operation was estimated to cost. */
export interface MeasuredCost {
  readonly estimated: number;
  readonly max: number;
  readonly mode: CostSettings['mode'];
  readonly operationName: string | undefined;
  /** Whether it was refused for its cost. */
  readonly refused: boolean;
}

/** Takes the cost of every operation, such as into a histogram. */
export type ObserveCost = (cost: MeasuredCost) => void;

export const defaultCost: CostSettings = { mode: 'measure', max: 5_000, listSize: 10 };
