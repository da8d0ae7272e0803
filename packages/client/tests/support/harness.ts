import type { Client } from 'graphql-ws';
import { afterEach, beforeEach } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '@buffrsign/kernel/testing';
import { createClient, type ClientOptions } from '../../src/index.ts';
import { collect } from './collect.ts';
import { startLogServer, type LogServer } from './log-server.ts';

/** A log server for each test, and clients of it that hardly wait between tries. */
export const createHarness = () => {
  let log: LogServer;
  const clients: Client[] = [];
  beforeEach(async () => {
    log = await startLogServer();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    await log.stop();
  });

  return {
    get log() {
      return log;
    },
    /** Disposed of after the test. */
    keep(client: Client): Client {
      clients.push(client);
      return client;
    },
    connect(options: Partial<ClientOptions> = {}): Client {
      return this.keep(createClient({ url: log.url, webSocketImpl: WebSocket, backoff: () => 5, ...options }));
    },
    /** Subscribes and waits until the server has it, so that what is appended then is not missed. */
    async watch(client: Client, topic = 'a', extensions?: Record<string, unknown>) {
      const before = log.open();
      const watched = collect(client, topic, extensions);
      await until('the subscription to be open', () => log.open() > before);
      return watched;
    },
  };
};
