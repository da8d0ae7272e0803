import type { Part } from '@buffrsign/kernel';
import type { Database } from '../database.ts';

/** Why the trail cannot be written, and what to do. */
export class AuditWriterError extends Error {
  override name = 'AuditWriterError';
}

const advice = (writer: string, user: string): string =>
  `The audit trail cannot be written: ${user} may not make the database role ${writer}, or not become it. Let somebody who may run, once:\n` +
  `  CREATE ROLE "${writer}" NOLOGIN; GRANT "${writer}" TO "${user}";\n` +
  `or give ${user} the right to make roles: ALTER ROLE "${user}" CREATEROLE. Then start again.`;

const INSUFFICIENT_PRIVILEGE = '42501';

const isRefused = (error: unknown): boolean => error instanceof Error && JSON.stringify([error.message, (error as { meta?: unknown }).meta, error.cause]).includes(INSUFFICIENT_PRIVILEGE);

/** Sees to it, each time that the subgraph starts, that the role is there which writes the trail. */
export const createAuditWriterPart = (db: Database): Part => ({
  name: 'audit trail',
  async start() {
    try {
      await db.$queryRaw`select prepare_audit_writer()::text as prepared`;
    } catch (error) {
      if (!isRefused(error)) throw error;
      const [who] = await db.$queryRaw<{ writer: string; user: string }[]>`select audit_writer_role() as writer, session_user::text as user`;
      throw new AuditWriterError(advice(who!.writer, who!.user), { cause: error });
    }
  },
  stop: () => Promise.resolve(),
});
