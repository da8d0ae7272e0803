import { Problem } from './problem.ts';

/** The row, where there must be one. @throws Problem NOT_FOUND when there is none, or not for this actor: nobody learns which. */
export const found = <Row>(row: Row | null | undefined): Row => {
  if (row === null || row === undefined) throw new Problem('NOT_FOUND');
  return row;
};
