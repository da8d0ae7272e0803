import { crm } from '@buffrsign/crm/subgraph';
import type { EventBus } from '../../packages/kernel/src/messaging/bus.ts';
import { createLogger, createSubgraph, run, type AnySubgraph, type AssembledSubgraph, type Logger } from '@buffrsign/kernel/platform';
import { testSecrets } from '@buffrsign/kernel/testing';

export interface RunningCrm extends AssembledSubgraph {
  stop(): Promise<void>;
}

export interface CrmOptions {
  /** Its database, as it is: several may run on one, as processes of one subgraph do. */
  readonly url: string;
  readonly bus: EventBus;
  readonly definition?: AnySubgraph;
  readonly now?: () => Date;
  readonly log?: Logger;
}

/** Starts a subgraph as a process of its own would, for tests of what the kernel does under it. */
export const startCrm = async ({ url, bus, definition = crm, now = () => new Date(), log = createLogger('crm', 'silent') }: CrmOptions): Promise<RunningCrm> => {
  const env = { databaseUrl: url, redisUrl: undefined, redisPrefix: 'unused', actorTokenSecret: testSecrets.ACTOR_TOKEN_SECRET, dataKey: testSecrets.DATA_KEY, host: '127.0.0.1', port: 0, poolSize: 5, factsKeptDays: 30, services: [], logLevel: 'silent' as const };
  const assembled = await createSubgraph(definition, { env, source: {}, bus, now, log, migrations: 'prisma' });
  const { stop } = await run(assembled.parts, log);
  return { ...assembled, stop };
};
