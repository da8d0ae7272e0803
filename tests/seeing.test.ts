import { mintActorToken, ACTOR_HEADER } from '@buffrsign/kernel/gateway';
import { aUser, testSecrets, until } from '@buffrsign/kernel/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { doThing, startSeenSubgraph } from './support/seen-subgraph.ts';
import { contactCreated } from '../subgraphs/crm/src/events.ts';

type Seen = Awaited<ReturnType<typeof startSeenSubgraph>>;
const open: Seen[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.end();
});
const start = async (...options: Parameters<typeof startSeenSubgraph>): Promise<Seen> => {
  const seen = await startSeenSubgraph(...options);
  open.push(seen);
  return seen;
};

const actor = aUser(['contacts:read']);
const ready = async ({ url }: Seen) => {
  const response = await fetch(`${url}/health/ready`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const ask = (seen: Seen, requestId: string, query: string) =>
  fetch(`${seen.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-request-id': requestId, [ACTOR_HEADER]: mintActorToken(actor, testSecrets.ACTOR_TOKEN_SECRET) }, body: JSON.stringify({ query }) });
const valueOf = (text: string, name: string, ...labels: string[]): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${name}{`) && labels.every((label) => each.includes(label)));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};

describe('a subgraph that is asked how it is', () => {
  test('says what runs there, since when, and each thing that it needs', async () => {
    const seen = await start();
    expect(await ready(seen)).toEqual({
      status: 200,
      body: { status: 'ready', version: '1.2.3', since: expect.any(String), notReady: [], checks: { database: true, bus: true, 'worker of facts': true, 'worker of jobs': true } },
    });
  });

  test('names the bus when facts cannot be handed over, and is ready again when they can', async () => {
    let broken = true;
    const seen = await start({ bus: () => ({ ping: () => (broken ? Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:6379')) : Promise.resolve()) }) });
    const { status, body } = await ready(seen);
    expect([status, body['status'], body['notReady']]).toEqual([503, 'not ready', ['bus: What carries facts to and from it does not answer.']]);
    // Whoever asks may be anybody: what an error says of the network stays inside.
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
    broken = false;
    expect(await ready(seen)).toMatchObject({ status: 200, body: { notReady: [] } });
  });

  test('names the database when it does not answer', async () => {
    const seen = await start();
    seen.assembled.pool.query = (() => Promise.reject(new Error('gone'))) as typeof seen.assembled.pool.query;
    expect(await ready(seen)).toMatchObject({ status: 503, body: { checks: { database: false, bus: true }, notReady: ['database: Its database does not answer.'] } });
  });

  test('does not wait for what never answers', async () => {
    const seen = await start({ bus: () => ({ ping: () => new Promise(() => undefined) }) });
    expect(await ready(seen)).toMatchObject({ status: 503, body: { checks: { bus: false } } });
  });
});

describe('every line of the log of a subgraph', () => {
  test('carries the id of the request that it was written for, in process and over HTTP, also when many are under way', async () => {
    const seen = await start();
    const broken = '{ contacts { edges { node { id } } } }';
    // Every query of the database fails, so each request has a line of its own.
    const contact = (seen.assembled.tools.db as unknown as { contact: { findMany: unknown } }).contact;
    contact.findMany = async () => {
      throw new Error('broken on purpose');
    };
    const ids = Array.from({ length: 10 }, (_, index) => `req_${index}`);
    await Promise.all(ids.map((id, index) => (index % 2 === 0 ? ask(seen, id, broken) : seen.assembled.transport.execute({ query: broken, actor, requestId: id }))));
    const told = seen.lines.filter(({ msg }) => msg === 'unexpected error').map(({ requestId }) => requestId);
    expect(told.sort()).toEqual(ids);
  });

  test('carries the id of the job that it was written for', async () => {
    const seen = await start();
    await seen.assembled.tools.transaction((tx) => tx.enqueue(doThing, {}));
    await seen.tell();
    await until('both to be done', () => ['working', 'handling'].every((msg) => seen.lines.some((line) => line['msg'] === msg)));
    const jobs = seen.lines.filter(({ msg }) => msg === 'working' || msg === 'handling').map(({ job }) => job);
    expect(jobs).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/)]);
    expect(new Set(jobs).size).toBe(2);
  });

  test('leaves out what Postgres says of the values of a row', async () => {
    const seen = await start();
    await seen.assembled.pool.query('insert into "IdempotencyKey" values ($1, $1, $1, $1, \'{}\', now())', ['ndapewa@kalahari.example']);
    const error: unknown = await seen.assembled.pool.query('insert into "IdempotencyKey" values ($1, $1, $1, $1, \'{}\', now())', ['ndapewa@kalahari.example']).catch((reason: unknown) => reason);
    expect(JSON.stringify(error)).toContain('ndapewa@kalahari.example');
    seen.assembled.tools.log.error({ err: error, token: 'tok-1', user: { password: 'hunter2' } }, 'as it may happen');
    const line = JSON.stringify(seen.lines.find(({ msg }) => msg === 'as it may happen'));
    expect(line).toContain('duplicate key');
    for (const secret of ['ndapewa', 'tok-1', 'hunter2']) expect(line).not.toContain(secret);
  });
});

describe('the figures of a subgraph', () => {
  test('count its operations, by kind and outcome, in process and over HTTP', async () => {
    const seen = await start();
    await ask(seen, 'req_1', '{ contacts { edges { node { id } } } }');
    await seen.assembled.transport.execute({ query: '{ contacts { edges { node { id } } } }', actor, requestId: 'req_2' });
    await seen.assembled.transport.execute({ query: '{ nothing }', actor, requestId: 'req_3' });
    const text = await seen.metrics();
    const count = (outcome: string) => valueOf(text, 'subgraph_operation_duration_seconds_count', 'subgraph="crm"', 'graphql_operation_type="query"', `outcome="${outcome}"`);
    expect([count('ok'), count('errors')]).toEqual([2, 1]);
  });

  test('tell what waits: facts that could not be said and for how long, facts that could not be handled, jobs that failed', async () => {
    const seen = await start({ fails: () => true, bus: (bus) => ({ publish: (source, facts) => (source === 'crm' ? Promise.reject(new Error('the bus is away')) : bus.publish(source, facts)) }) });
    await seen.assembled.tools.transaction(async (tx) => {
      await tx.publish(contactCreated, { subject: 'con_1', organizationId: 'org_1' }, { contactId: 'con_1', name: 'A', email: null, origin: 'MEMBER' });
      await tx.enqueue(doThing, {}, { maxAttempts: 1 });
    });
    await seen.assembled.pool.query(`update "OutboxMessage" set time = now() - interval '90 seconds'`);
    await seen.tell();
    const crm = 'subgraph="crm"';
    const jobs = (text: string, queue: string, state: string) => valueOf(text, 'job_queue_jobs', crm, `queue="${queue}"`, `state="${state}"`);
    const text = await until('the job to be parked and the fact to be tried', async () => {
      const now = await seen.metrics();
      const [parked, failed] = [valueOf(now, 'jobs_total', 'task="do-thing"', 'outcome="parked"'), valueOf(now, 'jobs_total', 'task="handle-fact"', 'outcome="failed"')];
      return jobs(now, 'jobs', 'parked') === 1 && jobs(now, 'facts', 'retrying') === 1 && parked === 1 && failed !== undefined && now;
    });
    expect([valueOf(text, 'outbox_unsent', crm), valueOf(text, 'inbox_unhandled', crm), valueOf(text, 'subgraph_database_up', crm)]).toEqual([1, 1, 1]);
    expect(valueOf(text, 'outbox_lag_seconds', crm)).toBeGreaterThan(89);
    expect(valueOf(text, 'db_client_connection_max', crm)).toBe(6);
    expect(valueOf(text, 'db_client_connection_count', crm, 'state="idle"')).toBeGreaterThan(0);
  });

  test('say that a database does not answer, and nothing else of it', async () => {
    const seen = await start();
    expect(valueOf(await seen.metrics(), 'outbox_unsent', 'subgraph="crm"')).toBe(0);
    seen.assembled.pool.query = (() => Promise.reject(new Error('gone'))) as typeof seen.assembled.pool.query;
    const text = await seen.metrics();
    expect(valueOf(text, 'subgraph_database_up', 'subgraph="crm"')).toBe(0);
    expect(valueOf(text, 'outbox_unsent', 'subgraph="crm"')).toBeUndefined();
  });
});
