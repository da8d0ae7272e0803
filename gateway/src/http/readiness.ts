import { anonymous, newId, type Clock, type Phase, type Readiness, type SubgraphTransport } from '@buffrsign/kernel/gateway';

const PROBE_MS = 2_000;

/** What the gateway says of itself: as any process, and who of the subgraphs is lost meanwhile. */
export interface GatewayReadiness extends Readiness {
  /** Subgraphs that answered before and do not now. */
  readonly unreachable: readonly string[];
}

/** Asks every subgraph for as little as can be asked; the names of those that do not answer. */
const createProbe = (transports: Readonly<Record<string, SubgraphTransport>>) => {
  const seen = new Set<string>();
  const reach = async (name: string, transport: SubgraphTransport): Promise<string[]> => {
    try {
      await transport.execute({ query: '{ __typename }', actor: anonymous, requestId: newId('req'), signal: AbortSignal.timeout(PROBE_MS) });
      seen.add(name);
      return [];
    } catch {
      return [name];
    }
  };
  return async (): Promise<{ unreachable: string[]; neverSeen: string[] }> => {
    const unreachable = (await Promise.all(Object.entries(transports).map(([name, transport]) => reach(name, transport)))).flat();
    return { unreachable, neverSeen: unreachable.filter((name) => !seen.has(name)) };
  };
};

const words: Readonly<Record<Phase, string>> = { starting: 'It is starting.', ready: '', stopping: 'It is stopping.', stopped: 'It has stopped.', failed: 'It could not start.' };

/**
 * Whether the gateway may be given traffic: not before every subgraph has answered once, and not from the moment on at
 * which it begins to stop. A subgraph that is lost later is named, but costs its own fields only, so the gateway stays
 * ready.
 */
export const createGatewayReadiness = (options: { phase: () => Phase; transports: Readonly<Record<string, SubgraphTransport>>; now: Clock }): (() => Promise<GatewayReadiness>) => {
  const { phase, transports, now } = options;
  const probe = createProbe(transports);
  let [before, since] = [true, now()];

  const look = async (): Promise<Omit<GatewayReadiness, 'ready' | 'since'>> => {
    const current = phase();
    if (current !== 'ready') return { notReady: [`process: ${words[current]}`], checks: { process: false }, unreachable: [] };
    const { unreachable, neverSeen } = await probe();
    const checks = Object.fromEntries(Object.keys(transports).map((name) => [name, !unreachable.includes(name)]));
    return { notReady: neverSeen.map((name) => `${name}: This subgraph has not answered yet.`), checks: { process: true, ...checks }, unreachable };
  };

  return async () => {
    const found = await look();
    const ready = found.notReady.length === 0;
    if (ready !== before) [before, since] = [ready, now()];
    return { ready, ...found, since };
  };
};
