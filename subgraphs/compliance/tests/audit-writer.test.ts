import { createTestDatabase, until } from '@buffrsign/kernel/testing';
import { PrismaPg } from '@prisma/adapter-pg';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDatabase } from '../src/database.ts';
import { createAuditWriterPart } from '../src/services/audit-writer.ts';
import { complianceUnderTest, member } from './compliance.ts';

const { graph, tellCompleted } = complianceUnderTest();

/** Everything that the writer must be able to do, and all that nobody may. */
const tables = ['AuditTrail', 'AuditEvent', 'AuditPersonalData', 'AuditNode', 'AuditCheckpoint', 'AuditAnchor'];

const url = async (): Promise<string> => {
  const [row] = await graph().tools.db.$queryRaw<{ name: string }[]>`select current_database()::text as name`;
  const address = new URL(inject('postgresUrl'));
  address.pathname = `/${row!.name}`;
  return address.toString();
};

const connected = async <Result>(address: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Runs statements in a transaction that is thrown away; why the last one failed, if it did. */
const attempt = async (client: pg.Client, ...statements: string[]): Promise<string> => {
  await client.query('begin');
  try {
    let rows = 0;
    for (const statement of statements) rows = (await client.query(statement)).rowCount ?? 0;
    return `done: ${rows}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.query('rollback');
  }
};

const AS_WRITER = `select set_config('role', audit_writer_role(), true)`;
const EVENT_COLUMNS = '"organizationId", sequence, "threadId", "threadNumber", kind, "occurredAt", "recordedAt", "factId", content, hash';

describe('the role that writes the trail', () => {
  beforeAll(async () => {
    await tellCompleted(member());
    await graph().idle();
    await until('a timestamp', () => graph().tools.db.auditAnchor.count());
  });

  test('reads, and can neither change nor delete nor empty', async () => {
    await connected(await url(), async (client) => {
      for (const table of tables) {
        expect(await attempt(client, AS_WRITER, `select * from "${table}"`), table).toMatch(/^done: [1-9]/);
        expect(await attempt(client, AS_WRITER, `update "${table}" set "organizationId" = 'x'`)).toMatch(/permission denied/);
        expect(await attempt(client, AS_WRITER, `delete from "${table}"`)).toMatch(/permission denied/);
        expect(await attempt(client, AS_WRITER, `truncate "${table}"`)).toMatch(/permission denied/);
        expect(await attempt(client, AS_WRITER, `alter table "${table}" disable trigger all`)).toMatch(/must be owner/);
        expect(await attempt(client, AS_WRITER, `drop table "${table}"`)).toMatch(/must be owner/);
      }
    });
  });

  test('cannot read anything else, nor log in, nor make roles', async () => {
    await connected(await url(), async (client) => {
      expect(await attempt(client, AS_WRITER, 'select * from "AuditLogKey"')).toMatch(/permission denied/);
      expect(await attempt(client, AS_WRITER, 'select * from "InboxMessage"')).toMatch(/permission denied/);
      const { rows } = await client.query('select rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = audit_writer_role()');
      expect(rows).toEqual([{ rolcanlogin: false, rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false }]);
    });
  });

  test('is the only one that adds: the owner of the tables is refused', async () => {
    await connected(await url(), async (client) => {
      const copies: Readonly<Record<string, string>> = {
        AuditEvent: `insert into "AuditEvent" (id, ${EVENT_COLUMNS}) select 'ade_x', ${EVENT_COLUMNS.replace('"factId"', `'evt_x'`)} from "AuditEvent" limit 1`,
        AuditPersonalData: `insert into "AuditPersonalData" select "eventId", 'other', "organizationId", salt, data from "AuditPersonalData" limit 1`,
        AuditNode: `insert into "AuditNode" values ('org_x', 0, 0, sha256('x'))`,
        AuditCheckpoint: `insert into "AuditCheckpoint" select 'acp_x', "organizationId", 999, root, note, "createdAt" from "AuditCheckpoint" limit 1`,
        AuditAnchor: `insert into "AuditAnchor" select 'acp_x', "organizationId", token, time, authority from "AuditAnchor" limit 1`,
      };
      for (const [table, insert] of Object.entries(copies)) expect(await attempt(client, insert), table).toMatch(/Only \S+_audit_writer writes/);
      expect(await attempt(client, AS_WRITER, copies['AuditNode']!)).toBe('done: 1');
      expect(await attempt(client, AS_WRITER, copies['AuditEvent']!)).toMatch(/does not follow the trail/);
    });
  });
});

describe('the trail', () => {
  test('is neither changed nor deleted nor emptied by the owner of its tables; personal data alone can be deleted', async () => {
    await connected(await url(), async (client) => {
      for (const table of tables) {
        expect(await attempt(client, `update "${table}" set "organizationId" = "organizationId"`), table).toMatch(/append-only/);
        expect(await attempt(client, `truncate "${table}"`), table).toMatch(/append-only/);
        if (table !== 'AuditPersonalData') expect(await attempt(client, `delete from "${table}"`), table).toMatch(/append-only/);
      }
      expect(await attempt(client, 'delete from "AuditPersonalData"')).toMatch(/^done: [1-9]/);
    });
  });

  test('refuses an event that does not follow the last, whoever computed it', async () => {
    await connected(await url(), async (client) => {
      const insert = (content: string, sequence: string, hash = `encode(sha256(convert_to((${content})::text, 'UTF8')), 'hex')`) =>
        `insert into "AuditEvent" (id, ${EVENT_COLUMNS}) select 'ade_x', "organizationId", ${sequence}, "threadId", "threadNumber" + 1, kind, "occurredAt", "recordedAt", 'evt_x', (${content})::text, ${hash} from "AuditEvent" order by sequence desc limit 1`;
      const next = `content::jsonb || jsonb_build_object('sequence', sequence + 1, 'previous', hash, 'factId', 'evt_x', 'thread', content::jsonb -> 'thread' || jsonb_build_object('number', "threadNumber" + 1))`;
      expect(await attempt(client, AS_WRITER, insert(next, 'sequence + 1'))).toBe('done: 1');
      expect(await attempt(client, AS_WRITER, insert(next, 'sequence + 2')), 'a gap').toMatch(/does not follow/);
      expect(await attempt(client, AS_WRITER, insert(next, 'sequence')), 'a number that is taken').toMatch(/does not follow/);
      expect(await attempt(client, AS_WRITER, insert(next, 'sequence + 1', `'${'0'.repeat(64)}'`)), 'another hash').toMatch(/does not follow/);
      expect(await attempt(client, AS_WRITER, insert(`${next} || '{"previous":"x"}'`, 'sequence + 1')), 'another chain').toMatch(/does not follow/);
      expect(await attempt(client, AS_WRITER, insert(`${next} || '{"organization":"org_x"}'`, 'sequence + 1')), 'another organization').toMatch(/does not follow/);
    });
  });
});

describe('a user of the database who is no superuser', () => {
  const users: string[] = [];
  const databases: Awaited<ReturnType<typeof createTestDatabase>>[] = [];
  afterAll(async () => {
    for (const database of databases) await database.drop();
    await connected(inject('postgresUrl'), async (client) => {
      for (const user of users) await client.query(`drop role if exists ${user}`);
    });
  });

  /** A database of compliance that belongs to a user of its own, and the part that prepares the writer as that user. */
  const ownedBy = async (rights: string) => {
    const user = `owner_${randomBytes(4).toString('hex')}`;
    const database = await createTestDatabase(inject('postgresUrl'), 'compliance', 'prisma/compliance/migrations');
    databases.push(database);
    users.push(user);
    await connected(database.url, async (client) => {
      await client.query(`create role ${user} login password 'x' ${rights}`);
      const { rows } = await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`);
      await client.query(`alter database ${new URL(database.url).pathname.slice(1)} owner to ${user}`);
      for (const { name } of rows) await client.query(`alter table "${name}" owner to ${user}`);
    });
    const address = new URL(database.url);
    [address.username, address.password] = [user, 'x'];
    const prepare = async (): Promise<void> => {
      const db = createDatabase(new PrismaPg({ connectionString: address.toString() }));
      try {
        await createAuditWriterPart(db).start();
      } finally {
        await db.$disconnect();
      }
    };
    return { user, writer: `${new URL(database.url).pathname.slice(1)}_audit_writer`, admin: database.url, url: address.toString(), prepare };
  };
  const canWrite = (address: string) => connected(address, (client) => attempt(client, AS_WRITER, `insert into "AuditNode" values ('org_x', 0, 0, sha256('x'))`));

  test('but may make roles, makes the writer, also when many do at once and again', async () => {
    const own = await ownedBy('createrole');
    await Promise.all([own.prepare(), own.prepare(), own.prepare()]);
    await own.prepare();
    expect(await canWrite(own.url)).toBe('done: 1');
    await connected(own.url, async (client) => expect(await attempt(client, AS_WRITER, 'delete from "AuditNode"')).toMatch(/permission denied/));
  });

  test('and may not make roles, is told what to have done, and goes on once it was', async () => {
    const own = await ownedBy('');
    await expect(own.prepare()).rejects.toThrow(`CREATE ROLE "${own.writer}" NOLOGIN; GRANT "${own.writer}" TO "${own.user}";`);
    await connected(own.admin, (client) => client.query(`CREATE ROLE "${own.writer}" NOLOGIN; GRANT "${own.writer}" TO "${own.user}";`));
    await own.prepare();
    expect(await canWrite(own.url)).toBe('done: 1');
  });
});
