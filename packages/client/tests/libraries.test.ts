import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client as UrqlClient, subscriptionExchange } from '@urql/core';
import type { Client, Sink } from 'graphql-ws';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '@buffrsign/kernel/testing';
import { createClient, type Gap } from '../src/index.ts';
import { HAPPENED, startLogServer, type LogServer } from './support/log-server.ts';

let log: LogServer;
let client: Client;
const gaps: Gap[] = [];
beforeEach(async () => {
  log = await startLogServer();
  gaps.length = 0;
  client = createClient({ url: log.url, webSocketImpl: WebSocket, backoff: () => 5, onGap: (gap) => void gaps.push(gap) });
});
afterEach(async () => {
  await client.dispose();
  await log.stop();
});

/** What both libraries go through: a cut, an interruption, a cursor that is too old. */
const putToTheTest = async (values: readonly (number | undefined)[]): Promise<void> => {
  await until('the subscription to be open', () => log.open() === 1);
  log.append('a', 1);
  await until('the first', () => values.length === 1);
  log.cut();
  log.append('a', 2);
  await until('the second', () => values.length === 2);
  log.interrupt('SUBSCRIPTION_SCHEMA_RELOAD');
  log.append('a', 3);
  await until('the third', () => values.length === 3);
  const before = log.asked.length;
  log.server.refuseNext.push('CURSOR_EXPIRED');
  log.cut();
  await until('it to begin anew', () => log.asked.length === before + 2 && log.open() > 0);
  log.append('a', 4);
  await until('the fourth', () => values.at(-1) === 4);
  expect(values).toEqual([1, 2, 3, 4]);
  expect(gaps).toEqual([{ reason: 'CURSOR_EXPIRED', payload: expect.objectContaining({ variables: { topic: 'a' }, operationName: 'Happened' }) }]);
};

test('Apollo Client’s GraphQLWsLink resumes', async () => {
  const apollo = new ApolloClient({ link: new GraphQLWsLink(client), cache: new InMemoryCache() });
  const values: number[] = [];
  const problems: unknown[] = [];
  const subscription = apollo.subscribe<{ happened: number }>({ query: gql(HAPPENED), variables: { topic: 'a' } }).subscribe({ next: ({ data, error }) => (error ? problems.push(error) : values.push(data!.happened)), error: (error) => problems.push(error) });
  await putToTheTest(values);
  expect(problems).toEqual([]);
  subscription.unsubscribe();
  await until('the connection to be closed', () => log.sockets() === 0);
});

test('urql’s subscriptionExchange resumes', async () => {
  const urql = new UrqlClient({
    url: 'http://127.0.0.1:9/graphql',
    preferGetMethod: false,
    // Its types of a result and those of graphql-ws differ under exactOptionalPropertyTypes, and nowhere else.
    exchanges: [subscriptionExchange({ forwardSubscription: ({ query, ...request }) => ({ subscribe: (sink) => ({ unsubscribe: client.subscribe({ ...request, query: query ?? '' }, sink as Sink) }) }) })],
  });
  const values: number[] = [];
  const problems: unknown[] = [];
  const { unsubscribe } = urql.subscription<{ happened: number }>(HAPPENED, { topic: 'a' }).subscribe(({ data, error }) => (error ? problems.push(error) : values.push(data!.happened)));
  await putToTheTest(values);
  expect(problems).toEqual([]);
  unsubscribe();
  await until('the connection to be closed', () => log.sockets() === 0);
});
