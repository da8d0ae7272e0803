import { until } from '@buffrsign/kernel/testing';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { signIn } from '../scripts/demo/account.ts';
import { createGraphClient, type Operation } from '../scripts/demo/client.ts';
import { runDemo } from '../scripts/demo/run-demo.ts';
import { startDistributed, type DistributedPlatform } from '../scripts/distributed/distributed.ts';
import { corpus } from './support/corpus.ts';

const redisUrl = process.env['REDIS_URL'];
const secret = () => randomBytes(32).toString('base64url');

describe.skipIf(!redisUrl)(`the processes of docker-compose.yml${redisUrl ? '' : ' (no Redis answers)'}`, () => {
  const redisPrefix = `test-${randomBytes(4).toString('hex')}`;
  let directory: string;
  let platform: DistributedPlatform;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'buffrsign-distributed-'));
    platform = await startDistributed({ postgresUrl: inject('postgresUrl'), redisUrl: redisUrl!, redisPrefix, smtpUrl: undefined, directory, actorTokenSecret: secret(), dataKey: secret(), portOffset: 16_000 });
  }, 120_000);
  afterAll(async () => {
    await platform?.stop();
    const redis = new Redis(redisUrl!);
    const keys = await redis.keys(`${redisPrefix}:*`);
    if (keys.length > 0) await redis.del(keys);
    redis.disconnect();
    await rm(directory, { recursive: true, force: true });
  });

  test('are fifteen: fourteen subgraphs and the gateway', () => {
    expect(platform.pids.size).toBe(15);
  });

  test('carry a contract to a sealed PDF, with facts going over Redis', async () => {
    const said: string[] = [];
    const { check } = await runDemo({ url: platform.graphUrl, file: join(corpus(), 'pdflatex-4-pages.pdf'), mails: join(directory, 'mails'), directory, out: join(directory, 'out'), say: (line) => said.push(line) });
    expect(check.valid).toBe(true);
    expect(said.join('\n')).toMatch(/live {2}envelope completed/);
    const redis = new Redis(redisUrl!);
    expect(await redis.xlen(`${redisPrefix}:facts:signatures`)).toBeGreaterThan(0);
    redis.disconnect();
  });

  test('each serve their figures on a port of their own', async () => {
    const figures = async (port: number) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(await figures(25_000)).toMatch(/^graphql_server_operation_duration_seconds_count\{graphql_operation_type="mutation",outcome="ok"\} [1-9]/m);
    expect(await figures(25_003)).toMatch(/^subgraph_operation_duration_seconds_count\{subgraph="signatures",graphql_operation_type="mutation",outcome="ok"\} [1-9]/m);
  });

  test('lose only what a dead subgraph owns, tell admins which it is, and end in order', async () => {
    const { graph } = await signIn(createGraphClient(platform.graphUrl), directory);
    const statuses = async () => {
      const { serviceStatuses } = await graph.request({ toString: () => "{ serviceStatuses { name status version details } }" } as Operation<{ serviceStatuses: { name: string; status: string; version: string; details: string[] }[] }, Record<string, never>>, {});
      return serviceStatuses;
    };
    const all = await statuses();
    expect(all.map(({ name }) => name)).toEqual([...platform.pids.keys()].sort());
    expect(all.filter(({ status, details }) => status !== 'READY' || details.length > 0)).toEqual([]);
    process.kill(platform.pids.get('crm')!, 'SIGKILL');
    const lost = await until('the dead one to be told', async () => (await statuses()).find(({ status }) => status === 'UNREACHABLE'));
    expect(lost).toMatchObject({ name: 'crm', version: null });
    const ask = async () => (await fetch(platform.graphUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ __typename }' }) })).json();
    expect(await ask()).toEqual({ data: { __typename: 'Query' } });
    await platform.stop();
    for (const pid of platform.pids.values()) {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
      expect(stat.slice(stat.lastIndexOf(')') + 2)[0]).toBe('Z');
    }
  });
});
