import type { Part, ServiceSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type { Env } from './env.ts';
import { createAuditWriterPart } from './services/audit-writer.ts';
import { createLogKeys, type LogKeys } from './services/log-keys.ts';
import { openTimestamps, type Timestamps } from './services/timestamps.ts';

/** What this subgraph works with beside its database. */
export interface Services {
  readonly logKeys: LogKeys;
  readonly timestamps: Timestamps;
  readonly parts: readonly Part[];
}

export const createServices = async ({ db, env, kernel, tools }: ServiceSource<Database, Env>): Promise<Services> => ({
  logKeys: createLogKeys({ name: env.AUDIT_LOG_NAME, db, dataKey: kernel.dataKey, now: tools.now }),
  timestamps: await openTimestamps(env, tools.now),
  parts: [createAuditWriterPart(db)],
});
