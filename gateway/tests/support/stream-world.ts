import type { Client } from 'graphql-ws';
import { afterEach } from 'vitest';
import type { GatewayOptions } from '../../src/index.ts';
import { eventually } from './eventually.ts';
import { openClient, type Follower } from './follower.ts';
import { startLogPlatform, type LogPlatform } from './log-platform.ts';
import type { Mode } from './platform.ts';

export const begun = (...followers: Follower[]) => eventually(() => followers.every(({ seen }) => seen.length > 0)).toBe(true);
export const numbersOf = (followers: readonly Follower[]) => followers.map((follower) => follower.numbers());

/** A platform and its clients for each test of a file; gone when the test is over. */
export const useStreams = () => {
  let platform: LogPlatform | undefined;
  const clients: Client[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await platform?.stop();
    platform = undefined;
  });
  return {
    start: async (mode: Mode = 'in process', more: Partial<GatewayOptions> = {}): Promise<LogPlatform> => (platform = await startLogPlatform(mode, more)),
    open(token?: string): Client {
      const client = openClient(platform!.gateway.subscriptionUrl, token);
      clients.push(client);
      return client;
    },
  };
};
