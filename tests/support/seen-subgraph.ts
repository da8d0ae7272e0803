import { defineTask, implementTask, newId, on, defineEvent, type Fact } from '@buffrsign/kernel';
import { createMemoryBus, createServerPart, createSubgraph, openTelemetry, run, createLogger, type MemoryBus } from '@buffrsign/kernel/platform';
import { createTestDatabase, testSecrets } from '@buffrsign/kernel/testing';
import { Writable } from 'node:stream';
import { inject } from 'vitest';
import { z } from 'zod';
import { crm } from '../../subgraphs/crm/src/subgraph.ts';
import type { Work } from '../../subgraphs/crm/src/context.ts';

/** A job and a fact of the test's own, which can be made to fail. */
export const doThing = defineTask('do-thing', z.object({}));
export const thingHappened = defineEvent({ name: 'things.thing-happened.v1', description: 'For a test.', schema: z.object({}) });

/** A subgraph as a process has it, whose log is kept, whose bus can be broken, and whose figures can be asked for. */
export const startSeenSubgraph = async (options: { bus?: (bus: MemoryBus) => Partial<MemoryBus>; env?: Readonly<Record<string, string>>; fails?: () => boolean } = {}) => {
  const database = await createTestDatabase(inject('postgresUrl'), 'crm', 'prisma/crm/migrations');
  const memory = createMemoryBus();
  const bus = { ...memory, ...options.bus?.(memory) };
  const lines: Record<string, unknown>[] = [];
  const log = createLogger('crm', 'debug', new Writable({ write: (line, _encoding, done) => (lines.push(JSON.parse(String(line)) as Record<string, unknown>), done()) }));
  const telemetry = await openTelemetry('crm', { METRICS_PORT: '0', SERVICE_VERSION: '1.2.3', ...options.env }, log);
  const env = { databaseUrl: database.url, redisUrl: undefined, redisPrefix: 'unused', actorTokenSecret: testSecrets.ACTOR_TOKEN_SECRET, dataKey: testSecrets.DATA_KEY, host: '127.0.0.1', port: 0, poolSize: 6, factsKeptDays: 30, services: [], logLevel: 'debug' as const };
  const ground = { env, source: {}, bus, now: () => new Date(), log, migrations: 'prisma', telemetry };
  const definition = {
    ...crm,
    handlers: [
      on<Work>()(thingHappened, async ({ log: own }) => {
        own.info('handling');
        if (options.fails?.()) throw new Error('not now');
      }),
    ],
    tasks: [
      implementTask<{ log: typeof log }>()(doThing, async (tools) => {
        tools.log.info('working');
        if (options.fails?.()) throw new Error('not now');
      }),
    ],
  };
  const assembled = await createSubgraph(definition as typeof crm, ground);
  const http = createServerPart(definition as typeof crm, ground, assembled);
  const running = await run([telemetry.part, ...assembled.parts, http], log);
  memory.open();
  return {
    url: http.url(),
    assembled,
    telemetry,
    lines,
    metrics: async () => (await fetch(telemetry.metricsUrl()!)).text(),
    tell: (id = newId('evt')) => bus.publish('things', [{ specversion: '1.0', id, source: 'things', type: thingHappened.name, subject: 'thing_1', organizationid: 'org_1', time: new Date().toISOString(), data: {} } satisfies Fact]),
    stop: running.stop,
    async end() {
      await running.stop();
      await bus.close();
      await database.drop();
    },
  };
};
