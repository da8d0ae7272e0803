import { Problem } from '@buffrsign/kernel';

/** The row, where there must be one. @throws Problem NOT_FOUND when there is none, or not for this actor. */
export const found = <Row>(row: Row | null): Row => {
  if (row === null) throw new Problem('NOT_FOUND');
  return row;
};
