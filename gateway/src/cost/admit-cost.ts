import { Problem } from '@buffrsign/kernel/gateway';
import type { EstimateCost } from './estimate.ts';
import type { CostSettings, MeasuredCost, ObserveCost } from './settings.ts';

/** What an operation costs, and why it is refused for that, if it is. */
export interface Costed {
  readonly measured: MeasuredCost;
  readonly refusals: readonly Problem[];
}

const tooDear = (estimated: number, max: number): Problem =>
  new Problem('COST_TOO_HIGH', {
    message: `This operation is estimated to cost ${estimated}; at most ${max} is allowed. Ask for shorter lists, for less inside of them, or in several operations.`,
    pub: { estimated, max },
  });

const wrongWith = (estimated: number, max: number, faults: readonly string[]): Problem[] => [...(estimated > max ? [tooDear(estimated, max)] : []), ...faults.map((message) => new Problem('BAD_USER_INPUT', { message }))];

/** Estimates operations before they are planned, tells the observer, and refuses where that is wanted. */
export const createCost = ({ mode, max }: CostSettings, observe: ObserveCost | undefined) => (estimate: EstimateCost, variables: Readonly<Record<string, unknown>>, operationName: string | undefined): Costed => {
  const { cost: estimated, faults } = estimate(variables);
  const refusals = mode === 'enforce' ? wrongWith(estimated, max, faults) : [];
  const measured = { estimated, max, mode, operationName, refused: refusals.length > 0 };
  observe?.(measured);
  return { measured, refusals };
};
