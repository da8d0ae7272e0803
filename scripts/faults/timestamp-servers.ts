import { createTestTrust, startTestServers, type TestTrust, type TsaBehaviour } from '@buffrsign/pades/test-trust';

/** How both authorities behave: as they should, not at all, or in one of the ways in which one can lie. */
export type Behaviour = 'honest' | 'dead' | Extract<TsaBehaviour, 'wrong-imprint' | 'wrong-nonce' | 'replayed' | 'foreign-certificate' | 'bad-signature' | 'garbage'>;
export const lies = ['wrong-imprint', 'wrong-nonce', 'replayed', 'foreign-certificate', 'bad-signature', 'garbage'] as const satisfies readonly Behaviour[];

/** Two timestamp authorities over HTTP on this machine, as an operator would configure them, one after the other. */
export interface TimestampServers {
  readonly urls: readonly string[];
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

export const startTimestampServers = async (trust: TestTrust): Promise<TimestampServers> => {
  const now = (): Date => new Date();
  const foreign = await createTestTrust({ now: now() });
  const servers = await Promise.all([1, 2].map(() => startTestServers(trust, { now, foreign })));
  return {
    urls: servers.map(({ tsaUrl }) => tsaUrl),
    behave(behaviour) {
      for (const server of servers) server.behaviour.tsa = behaviour === 'dead' ? 'server-error' : behaviour;
    },
    async stop() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
};
