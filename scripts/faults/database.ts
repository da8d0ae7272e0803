import { open } from '@buffrsign/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { until } from '../demo/until.ts';
import { startPostgres, stopPostgres, type Postgres, type PostgresOptions } from '../platform/postgres.ts';

const PATIENCE_MS = 60_000;

/** The real Postgres of the run, which can be ended and started again, and questions to it that survive that. */
export interface Database {
  readonly url: string;
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const createDatabase = async (options: PostgresOptions): Promise<Database> => {
  let postgres: Postgres = await startPostgres(options, true);
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('create database buffrsign_signatures');
  await admin.end();
  const url = new URL(postgres.url);
  url.pathname = '/buffrsign_signatures';

  const once = async (sql: string, values: readonly unknown[]): Promise<readonly object[]> => {
    const client = new pg.Client({ connectionString: url.toString() });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, [...values])).rows as object[];
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  return {
    url: url.toString(),
    async query(sql, values = []) {
      for (const end = performance.now() + PATIENCE_MS; ; await pause(100)) {
        try {
          return (await once(sql, values)) as never;
        } catch (error) {
          if (performance.now() > end) throw error;
        }
      }
    },
    async restart() {
      await stopPostgres(options.directory);
      postgres = await startPostgres(options, false);
    },
    stop: () => postgres.stop(),
  };
};

/** Waits for the newest link of a recipient, as it lies sealed in the outbox, and opens it. */
export const linkReader = (database: Database, dataKey: string) => async (recipientId: string): Promise<string> => {
  const sql = `select data->>'sealedLink' as link from "OutboxMessage" where type = 'signatures.recipient-sent.v1' and data->>'recipientId' = $1 order by position desc limit 1`;
  const { link } = await until(`a link to be sent to recipient ${recipientId}`, async () => (await database.query<{ link: string }>(sql, [recipientId]))[0]);
  return open(link, dataKey).split('/sign/')[1]!;
};
