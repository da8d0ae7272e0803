import type { AssembledSubgraph } from '@buffrsign/kernel/platform';
import { until } from '@buffrsign/kernel/testing';

type Parts = ReadonlyMap<string, Pick<AssembledSubgraph, 'pool'>>;

const members = 'select m."userId" from "Membership" m where m."organizationId" = $1';

/** Whose the rows of a table are that carry no organization themselves: those of what they belong to. */
const belonging: Readonly<Record<string, string>> = {
  'auth.Organization': 'id = $1',
  'auth.User': `id in (${members})`,
  'auth.Password': `"userId" in (${members})`,
  'auth.EmailProof': `"userId" in (${members})`,
  'auth.RefreshToken': '"sessionId" in (select s.id from "Session" s where s."organizationId" = $1)',
  'compliance.RecipientRecord': '"envelopeId" in (select e.id from "EnvelopeRecord" e where e."organizationId" = $1)',
  'documents.DocumentPage': '"versionId" in (select v.id from "DocumentVersion" v where v."organizationId" = $1)',
  'integrations.WebhookAttempt': '"webhookDeliveryId" in (select d.id from "WebhookDelivery" d where d."organizationId" = $1)',
};

/** Rows about no organization: the platform's keys, what was tried at the door, what was heard, which acts were done, which migrations ran. */
const ofNobody = new Set(['AuditLogKey', 'SigningKey', 'Throttle', 'InboxMessage', 'IdempotencyKey', '_prisma_migrations']);

interface Table {
  readonly name: string;
  readonly where: string;
  readonly hasId: boolean;
}

const tablesOf = async (subgraph: string, { pool }: Pick<AssembledSubgraph, 'pool'>): Promise<readonly Table[]> => {
  const { rows } = await pool.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(column_name::text) as columns from information_schema.columns where table_schema = 'public' group by 1 order by 1`,
  );
  return rows.flatMap(({ name, columns }) => {
    if (ofNobody.has(name)) return [];
    const where = columns.includes('organizationId') ? '"organizationId" = $1' : belonging[`${subgraph}.${name}`];
    if (!where) throw new Error(`Nobody knows whose the rows of ${subgraph}.${name} are: say it in ${import.meta.filename}.`);
    return [{ name, where, hasId: columns.includes('id') }];
  });
};

export interface Records {
  /** A digest of every table's rows of an organization, by database and table. */
  digest(organizationId: string): Promise<Readonly<Record<string, string>>>;
  /** The tables in which an organization has no row. */
  emptyTables(organizationId: string): Promise<readonly string[]>;
  /** The id of every row of an organization, in all databases. */
  ids(organizationId: string): Promise<ReadonlySet<string>>;
  /** Waits until every fact was said and heard, and no job is left that could run now. */
  settled(): Promise<void>;
}

const BUSY = `
  select 1 from "OutboxMessage" where "sentAt" is null
  union all select 1 from "InboxMessage" where "handledAt" is null
  union all select 1 from graphile_worker.jobs where locked_at is not null or (run_at <= now() and attempts < max_attempts)
  limit 1`;

/** All fourteen databases, as their owner sees them. */
export const openRecords = async (parts: Parts): Promise<Records> => {
  const databases = await Promise.all([...parts].map(async ([name, part]) => ({ name, pool: part.pool, tables: await tablesOf(name, part) })));

  // Prepared under a name: the same is asked a thousand times over, of so many tables that planning it takes longest.
  const fromAll = async <Row extends object>(query: string, organizationId: string, select: (table: Table) => string | undefined): Promise<(Row & { database: string })[]> => {
    const results = await Promise.all(
      databases.map(async ({ name, pool, tables }) => {
        const { rows } = await pool.query<Row>({ name: query, text: tables.flatMap((table) => select(table) ?? []).join(' union all '), values: [organizationId] });
        return rows.map((row) => ({ ...row, database: name }));
      }),
    );
    return results.flat();
  };

  return {
    async digest(organizationId) {
      // When a fact was numbered and left is no change of what it says.
      const rows = await fromAll<{ name: string; digest: string }>('digest', organizationId, ({ name, where }) => {
        const row = name === 'OutboxMessage' ? `to_jsonb(t) - 'sentAt' - 'sequence'` : 'to_jsonb(t)';
        return `select '${name}' as name, md5(coalesce(string_agg(r, '|' order by r), '')) as digest from (select (${row})::text as r from "${name}" t where ${where}) x`;
      });
      return Object.fromEntries(rows.map(({ database, name, digest }) => [`${database}.${name}`, digest]));
    },
    async emptyTables(organizationId) {
      const rows = await fromAll<{ name: string; present: boolean }>('emptyTables', organizationId, ({ name, where }) => `select '${name}' as name, exists (select from "${name}" where ${where}) as present`);
      return rows.flatMap(({ database, name, present }) => (present ? [] : `${database}.${name}`)).sort();
    },
    async ids(organizationId) {
      const rows = await fromAll<{ id: string }>('ids', organizationId, ({ name, where, hasId }) => (hasId ? `select id::text as id from "${name}" where ${where}` : undefined));
      return new Set(rows.map(({ id }) => id).filter((id) => id.includes('_')));
    },
    async settled() {
      await until('every fact to be heard and every job to be done', async () => {
        const busy = await Promise.all(databases.map(async ({ pool }) => (await pool.query({ name: 'busy', text: BUSY })).rowCount));
        return busy.every((count) => count === 0);
      }, 60_000);
    },
  };
};
