import pg from 'pg';

/** Creates the databases that are not there yet; gives the names of those it made. */
export const createDatabases = async (serverUrl: string, names: readonly string[], made: (name: string) => void = () => undefined): Promise<string[]> => {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    const present = new Set(rows.map((row) => row.datname));
    const missing = names.filter((name) => !present.has(databaseOf(name)));
    for (const name of missing) {
      await client.query(`create database ${databaseOf(name)}`).catch((error: { code?: string }) => {
        // Another process made it in the same moment.
        if (error.code !== '42P04' && error.code !== '23505') throw error;
      });
      made(name);
    }
    return missing;
  } finally {
    await client.end();
  }
};

/** The database of a subgraph, as the kernel derives it from POSTGRES_URL. */
export const databaseOf = (name: string): string => `buffrsign_${name}`;
