import { createClient as createSocketClient, type Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '@buffrsign/kernel/testing';
import { createClient, resumable, type ClientOptions, type Gap } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { HAPPENED, startLogServer, type LogServer } from './support/log-server.ts';

let log: LogServer;
const clients: Client[] = [];
beforeEach(async () => {
  log = await startLogServer();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await log.stop();
});

const connect = (options: Partial<ClientOptions> = {}): Client => {
  const client = createClient({ url: log.url, webSocketImpl: WebSocket, backoff: () => 5, ...options });
  clients.push(client);
  return client;
};

/** Subscribes and waits until the server has it, so that what is appended then is not missed. */
const watch = async (client: Client, topic = 'a', extensions?: Record<string, unknown>) => {
  const before = log.open();
  const watched = collect(client, topic, extensions);
  await until('the subscription to be open', () => log.open() > before);
  return watched;
};

const gapsOf = () => {
  const gaps: Gap[] = [];
  return { gaps, onGap: (gap: Gap) => void gaps.push(gap) };
};

describe('a subscription', () => {
  test('goes on after a cut connection with what was missed, in order, each once', async () => {
    const { values } = await watch(connect());
    log.append('a', 1);
    await until('the first', () => values.length === 1);
    log.cut();
    for (const value of [2, 3, 4]) log.append('a', value);
    await until('the others', () => values.length === 4);
    expect(values).toEqual([1, 2, 3, 4]);
    expect(log.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'after-1']);
  });

  test('goes on after the server was down and is back', async () => {
    const { values, outcome } = await watch(connect());
    log.append('a', 1);
    await until('the first', () => values.length === 1);
    await log.stop();
    log.append('a', 2);
    await log.start();
    await until('the second', () => values.length === 2);
    expect({ values, outcome }).toEqual({ values: [1, 2], outcome: {} });
  });

  test.each(['STREAM_INTERRUPTED', 'SUBSCRIPTION_SCHEMA_RELOAD', 'UNAVAILABLE'])('that was interrupted by %s is taken up again, and its reader is not told', async (code) => {
    const { values, outcome } = await watch(connect());
    log.append('a', 1);
    await until('the first', () => values.length === 1);
    // The source stays away for a while: it refuses the first tries, too.
    log.server.refuseNext.push(code, code);
    log.interrupt(code);
    await until('the tries to be refused', () => log.server.refuseNext.length === 0);
    log.append('a', 2);
    await until('the second', () => values.length === 2);
    expect({ values, outcome }).toEqual({ values: [1, 2], outcome: {} });
    expect(log.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'after-1', 'after-1', 'after-1']);
  });

  test('ends with any other error, as without this package', async () => {
    const refused = await watch(connect({ interruptions: ['MY_CODE'] }));
    log.interrupt('MY_CODE');
    await until('it to be taken up again', () => log.asked.length === 2);
    await until('it to be open', () => log.open() === 1);
    log.server.refuseNext.push('NOT_FOUND');
    const results: unknown[] = [];
    connect().subscribe({ query: HAPPENED, variables: { topic: 'a' } }, { next: (result) => void results.push(result), error: () => undefined, complete: () => void results.push('complete') });
    await until('the refusal', () => results.length === 2);
    expect(results).toEqual([{ errors: [expect.objectContaining({ extensions: { code: 'NOT_FOUND' } })] }, 'complete']);
    expect(refused.outcome).toEqual({});
  });

  test('that the server completed is over: a lost connection does not bring it back', async () => {
    const client = connect({ lazy: false });
    const { values, outcome } = await watch(client);
    log.append('a', 1);
    await until('the first', () => values.length === 1);
    log.complete();
    await until('the end', () => outcome.ended);
    const connections = log.counts.connections;
    log.cut();
    await until('the client to be back', () => log.counts.connections > connections);
    expect({ ended: outcome.ended, asked: log.asked.length }).toEqual({ ended: 'complete', asked: 1 });
  });

  test('begins where a cursor says that was kept by the application', async () => {
    for (const value of [1, 2, 3]) log.append('a', value);
    const { values } = await watch(connect(), 'a', { cursor: 'after-1', trace: 'mine' });
    await until('the two', () => values.length === 2);
    expect(values).toEqual([2, 3]);
  });

  test.each(['CURSOR_EXPIRED', 'CURSOR_INVALID'] as const)('whose cursor is refused with %s begins anew, and the application hears of the gap once it is open', async (reason) => {
    const { gaps, onGap } = gapsOf();
    const { values, outcome } = await watch(connect({ onGap }));
    log.append('a', 1);
    await until('the first', () => values.length === 1);
    log.server.refuseNext.push(reason);
    log.cut();
    await until('the gap', () => gaps.length === 1);
    await until('it to be open', () => log.open() === 1);
    log.append('a', 2);
    await until('the second', () => values.at(-1) === 2);
    expect({ outcome, gaps }).toEqual({ outcome: {}, gaps: [{ reason, payload: { query: HAPPENED, variables: { topic: 'a' } } }] });
    expect(log.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'after-1', undefined]);
  });

  test('that is refused with CURSOR_INVALID without having sent a cursor ends: it would be refused for ever', async () => {
    log.server.refuseNext.push('CURSOR_INVALID');
    const results: unknown[] = [];
    connect().subscribe({ query: HAPPENED, variables: { topic: 'a' } }, { next: (result) => void results.push(result), error: () => undefined, complete: () => void results.push('complete') });
    await until('the end', () => results.at(-1) === 'complete');
    expect(results).toHaveLength(2);
  });

  test('that was cut off before it had a cursor reports a gap: what happened meanwhile is not to be had', async () => {
    const { gaps, onGap } = gapsOf();
    await watch(connect({ onGap }));
    log.cut();
    await until('the gap', () => gaps.length === 1);
    expect(gaps[0]!.reason).toBe('NO_CURSOR');
  });

  test('to a server that gives no cursors reports a gap each time that it is sent again', async () => {
    log.server.withCursors = false;
    const { gaps, onGap } = gapsOf();
    const { values } = await watch(connect({ onGap }));
    for (const times of [1, 2]) {
      log.append('a', times);
      await until('the event', () => values.length === times);
      log.cut();
      await until('the gap', () => gaps.length === times);
      await until('it to be open', () => log.open() > 0 && log.sockets() === 1);
    }
    expect(gaps.map(({ reason }) => reason)).toEqual(['NO_CURSOR', 'NO_CURSOR']);
  });

  test('that is unsubscribed while there is no connection never comes back', async () => {
    const client = connect();
    const left = await watch(client);
    const stayed = await watch(client, 'b');
    await log.stop();
    left.unsubscribe();
    expect(left.outcome.ended).toBe('complete');
    await log.start();
    await until('the other to be back', () => log.open() === 1);
    log.append('a', 1);
    log.append('b', 2);
    await until('the other’s event', () => stayed.values.length === 1);
    expect({ left: left.values, open: log.open() }).toEqual({ left: [], open: 1 });
  });

  test('that is unsubscribed, or whose client is disposed of, while it waits to be taken up again never comes back', async () => {
    const client = connect({ backoff: () => 20 });
    const first = await watch(client);
    const second = await watch(client);
    log.interrupt('UNAVAILABLE');
    await until('both to be gone', () => log.open() === 0);
    first.unsubscribe();
    await client.dispose();
    expect([first.outcome.ended, second.outcome.ended]).toEqual(['complete', 'complete']);
    await watch(connect(), 'c');
    expect(log.asked).toHaveLength(3);
  });
});

describe('many subscriptions on one socket', () => {
  test('each have their own cursor', async () => {
    const client = connect();
    const topics = Array.from({ length: 20 }, (_, index) => `topic ${index}`);
    const watched: Awaited<ReturnType<typeof watch>>[] = [];
    for (const topic of topics) watched.push(await watch(client, topic));
    expect(log.sockets()).toBe(1);
    // As many events as the number of the topic.
    topics.forEach((topic, number) => Array.from({ length: number }, (_, index) => log.append(topic, index)));
    await until('all', () => watched.every(({ values }, number) => values.length === number));
    log.asked.length = 0;
    log.cut();
    for (const topic of topics) log.append(topic, -1);
    await until('one more each, but for the one that has no cursor yet', () => watched.slice(1).every(({ values }, number) => values.length === number + 2));
    expect(log.asked.map(({ cursor }) => cursor)).toEqual(topics.map((_, number) => (number === 0 ? undefined : `after-${number}`)));
  });
});

describe('what is no subscription', () => {
  test('is sent once: a mutation whose answer is UNAVAILABLE may have been carried out', async () => {
    const results: unknown[] = [];
    for await (const result of connect().iterate({ query: 'mutation { act }' })) results.push(result);
    expect({ results, acts: log.counts.acts }).toEqual({ results: [{ errors: [expect.objectContaining({ extensions: { code: 'UNAVAILABLE' } })] }], acts: 1 });
  });
});

describe('a loop over events', () => {
  test('goes on across a cut connection, and unsubscribes when it is left', async () => {
    const seen: number[] = [];
    setImmediate(async () => {
      await until('the subscription to be open', () => log.open() === 1);
      log.append('a', 1);
      await until('the first', () => seen.length === 1);
      log.cut();
      log.append('a', 2);
    });
    for await (const { data } of connect().iterate<{ happened: number }>({ query: HAPPENED, variables: { topic: 'a' } })) if (seen.push(data!.happened) === 2) break;
    expect(seen).toEqual([1, 2]);
    await until('the connection to be closed', () => log.sockets() === 0);
  });

  test('throws what ends the subscription', async () => {
    log.server.isGood = () => false;
    const loop = connect({ refusals: 1 }).iterate({ query: HAPPENED, variables: { topic: 'a' } });
    await expect(loop.next()).rejects.toMatchObject({ code: 4403 });
    expect(await loop.next()).toEqual({ done: true, value: undefined });
  });
});

describe('a token', () => {
  /** Tokens are numbers here; those below `oldestGood` have expired. */
  const tokens = (renew: () => number) => ({ connectionParams: () => ({ authorization: renew() }) });

  test('that expires (4403) is renewed by connectionParams, and the subscription goes on', async () => {
    let token = 0;
    const { values } = await watch(connect(tokens(() => (token += 1))));
    log.append('a', 1);
    await until('the first', () => values.length === 1);
    log.close(4403);
    log.append('a', 2);
    await until('the second', () => values.length === 2);
    expect(log.asked).toEqual([{ cursor: undefined, authorization: 1 }, { cursor: 'after-1', authorization: 2 }]);
  });

  test('that is refused after it was renewed ends all subscriptions after `refusals` tries, with the close event', async () => {
    let token = 0;
    const client = connect({ ...tokens(() => (token += 1)), refusals: 2 });
    const watched = [await watch(client), await watch(client, 'b'), await watch(client, 'c')];
    log.server.isGood = () => false;
    log.close(4403);
    await until('all to end', () => watched.every(({ outcome }) => outcome.ended === 'error'));
    expect({ token, error: watched[0]!.outcome.error }).toEqual({ token: 3, error: expect.objectContaining({ code: 4403 }) });

    // Who signs in again and subscribes is tried as often again.
    log.server.isGood = () => true;
    const again = await watch(client);
    log.append('a', 1);
    await until('the first', () => again.values.length === 1);
  });

  test('that cannot be had just now is asked for again', async () => {
    let asked = 0;
    const renew = () => {
      asked += 1;
      if (asked === 2) throw new Error('The network is not there yet');
      return asked;
    };
    const { values } = await watch(connect(tokens(renew)));
    log.append('a', 1);
    await until('the first', () => values.length === 1);
    log.cut();
    log.append('a', 2);
    await until('the second', () => values.length === 2);
    expect(asked).toBe(3);
  });
});

describe('a client that is there already', () => {
  test('resumes when it is wrapped, and reconnects by its own rules', async () => {
    const client = resumable(createSocketClient({ url: log.url, webSocketImpl: WebSocket, retryWait: async () => undefined }));
    clients.push(client);
    const { values } = await watch(client);
    log.append('a', 1);
    await until('the first', () => values.length === 1);
    log.cut();
    log.append('a', 2);
    await until('the second', () => values.length === 2);
  });
});
