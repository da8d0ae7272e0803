import { Problem } from '@buffrsign/kernel';

interface Loader<Row> {
  load(key: string): Promise<Row | null>;
}

/** A row that the actor is known to see. @throws Problem NOT_FOUND when that has just changed. */
export const mustLoad = async <Row>(loader: Loader<Row>, key: string): Promise<Row> => {
  const row = await loader.load(key);
  if (row === null) throw new Problem('NOT_FOUND');
  return row;
};
