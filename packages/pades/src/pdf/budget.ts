import { LIMITS } from '../limits.ts';
import { tooComplex } from '../refusal.ts';

export type BudgetLimits = Partial<Record<'parsedValues' | 'steps' | 'inflatedBytes', number>>;

/** What one reading of one PDF may still spend; shared by everything that reads it. */
export class Budget {
  #values: number;
  #steps: number;
  #inflated: number;

  /** Who reads a whole document, not only what a signature touches, says how much more that may cost. */
  constructor({ parsedValues = LIMITS.parsedValues, steps = LIMITS.steps, inflatedBytes = LIMITS.inflatedBytes }: BudgetLimits = {}) {
    this.#values = parsedValues;
    this.#steps = steps;
    this.#inflated = inflatedBytes;
  }

  spendValue(): void {
    if (--this.#values < 0) throw tooComplex('it has too many values');
  }

  spendSteps(count: number): void {
    this.#steps -= count;
    if (this.#steps < 0) throw tooComplex('reading it takes too many steps');
  }

  spendInflated(bytes: number): void {
    this.#inflated -= bytes;
    if (this.#inflated < 0) throw tooComplex('its compressed parts are too large');
  }

  /** Bytes that may still be inflated, at least 1 (zlib wants a positive limit). */
  get inflatedLeft(): number {
    return Math.max(1, this.#inflated);
  }
}
