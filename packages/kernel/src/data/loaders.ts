import DataLoader from 'dataloader';

/** Loads rows by id, in one query for all that are asked in the same moment. `null`: no such row for this actor. */
export const byId = <Row extends { id: string }>(find: (ids: readonly string[]) => Promise<readonly Row[]>): DataLoader<string, Row | null> => byKey(find, (row) => row.id);

/** As `byId`, for a unique key other than the id. */
export const byKey = <Row>(find: (keys: readonly string[]) => Promise<readonly Row[]>, keyOf: (row: Row) => string): DataLoader<string, Row | null> =>
  new DataLoader(async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });

/** Loads the many rows that point at a key; rows keep the order in which `find` gives them. */
export const byForeignKey = <Row>(find: (keys: readonly string[]) => Promise<readonly Row[]>, keyOf: (row: Row) => string): DataLoader<string, readonly Row[]> =>
  new DataLoader(async (keys) => {
    const groups = Map.groupBy(await find(keys), keyOf);
    return keys.map((key) => groups.get(key) ?? []);
  });
