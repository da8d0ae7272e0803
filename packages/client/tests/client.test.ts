import { createClient as createSocketClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '@buffrsign/kernel/testing';
import { resumable } from '../src/index.ts';
import { createHarness } from './support/harness.ts';
import { HAPPENED } from './support/log-server.ts';

const harness = createHarness();

describe('many subscriptions on one socket', () => {
  test('each have their own cursor', async () => {
    const client = harness.connect();
    const topics = Array.from({ length: 20 }, (_, index) => `topic ${index}`);
    const watched: Awaited<ReturnType<typeof harness.watch>>[] = [];
    for (const topic of topics) watched.push(await harness.watch(client, topic));
    expect(harness.log.sockets()).toBe(1);
    // As many events as the number of the topic.
    topics.forEach((topic, number) => Array.from({ length: number }, (_, index) => harness.log.append(topic, index)));
    await until('all', () => watched.every(({ values }, number) => values.length === number));
    harness.log.asked.length = 0;
    harness.log.cut();
    for (const topic of topics) harness.log.append(topic, -1);
    await until('one more each, but for the one that has no cursor yet', () => watched.slice(1).every(({ values }, number) => values.length === number + 2));
    expect(harness.log.asked.map(({ cursor }) => cursor)).toEqual(topics.map((_, number) => (number === 0 ? undefined : `after-${number}`)));
  });
});

describe('what is no subscription', () => {
  test('is sent once: a mutation whose answer is UNAVAILABLE may have been carried out', async () => {
    const results: unknown[] = [];
    for await (const result of harness.connect().iterate({ query: 'mutation { act }' })) results.push(result);
    expect({ results, acts: harness.log.counts.acts }).toEqual({ results: [{ errors: [expect.objectContaining({ extensions: { code: 'UNAVAILABLE' } })] }], acts: 1 });
  });
});

describe('a loop over events', () => {
  test('goes on across a cut connection, and unsubscribes when it is left', async () => {
    const seen: number[] = [];
    setImmediate(async () => {
      await until('the subscription to be open', () => harness.log.open() === 1);
      harness.log.append('a', 1);
      await until('the first', () => seen.length === 1);
      harness.log.cut();
      harness.log.append('a', 2);
    });
    for await (const { data } of harness.connect().iterate<{ happened: number }>({ query: HAPPENED, variables: { topic: 'a' } })) if (seen.push(data!.happened) === 2) break;
    expect(seen).toEqual([1, 2]);
    await until('the connection to be closed', () => harness.log.sockets() === 0);
  });

  test('throws what ends the subscription', async () => {
    harness.log.server.isGood = () => false;
    const loop = harness.connect({ refusals: 1 }).iterate({ query: HAPPENED, variables: { topic: 'a' } });
    await expect(loop.next()).rejects.toMatchObject({ code: 4403 });
    expect(await loop.next()).toEqual({ done: true, value: undefined });
  });
});

describe('a token', () => {
  /** Tokens are numbers here; those below `oldestGood` have expired. */
  const tokens = (renew: () => number) => ({ connectionParams: () => ({ authorization: renew() }) });

  test('that expires (4403) is renewed by connectionParams, and the subscription goes on', async () => {
    let token = 0;
    const { values } = await harness.watch(harness.connect(tokens(() => (token += 1))));
    harness.log.append('a', 1);
    await until('the first', () => values.length === 1);
    harness.log.close(4403);
    harness.log.append('a', 2);
    await until('the second', () => values.length === 2);
    expect(harness.log.asked).toEqual([{ cursor: undefined, authorization: 1 }, { cursor: 'after-1', authorization: 2 }]);
  });

  test('that is refused after it was renewed ends all subscriptions after `refusals` tries, with the close event', async () => {
    let token = 0;
    const client = harness.connect({ ...tokens(() => (token += 1)), refusals: 2 });
    const watched = [await harness.watch(client), await harness.watch(client, 'b'), await harness.watch(client, 'c')];
    harness.log.server.isGood = () => false;
    harness.log.close(4403);
    await until('all to end', () => watched.every(({ outcome }) => outcome.ended === 'error'));
    expect({ token, error: watched[0]!.outcome.error }).toEqual({ token: 3, error: expect.objectContaining({ code: 4403 }) });

    // Who signs in again and subscribes is tried as often again.
    harness.log.server.isGood = () => true;
    const again = await harness.watch(client);
    harness.log.append('a', 1);
    await until('the first', () => again.values.length === 1);
  });

  test('that cannot be had just now is asked for again', async () => {
    let asked = 0;
    const renew = () => {
      asked += 1;
      if (asked === 2) throw new Error('The network is not there yet');
      return asked;
    };
    const { values } = await harness.watch(harness.connect(tokens(renew)));
    harness.log.append('a', 1);
    await until('the first', () => values.length === 1);
    harness.log.cut();
    harness.log.append('a', 2);
    await until('the second', () => values.length === 2);
    expect(asked).toBe(3);
  });
});

describe('a client that is there already', () => {
  test('resumes when it is wrapped, and reconnects by its own rules', async () => {
    const client = harness.keep(resumable(createSocketClient({ url: harness.log.url, webSocketImpl: WebSocket, retryWait: async () => undefined })));
    const { values } = await harness.watch(client);
    harness.log.append('a', 1);
    await until('the first', () => values.length === 1);
    harness.log.cut();
    harness.log.append('a', 2);
    await until('the second', () => values.length === 2);
  });
});
