import { anonymous, newId, type Clock, type Phase, type Readiness, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { GraphState, Graphs } from '../graph/graphs.ts';
import type { Introspection } from '../introspection.ts';

const PROBE_MS = 2_000;

/** What the gateway says of itself: as any process, and who of the subgraphs is lost meanwhile. */
export interface GatewayReadiness extends Readiness {
  /** Subgraphs that answered before and do not now. */
  readonly unreachable: readonly string[];
  /** Which supergraph is served since when, and why the last one that was offered is not. */
  readonly supergraph: Pick<GraphState, 'version' | 'since'> & { readonly refused?: NonNullable<GraphState['refused']> };
}

/** Asks every subgraph for as little as can be asked; the names of those that do not answer. */
const createProbe = (transports: () => Readonly<Record<string, SubgraphTransport>>) => {
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
    const unreachable = (await Promise.all(Object.entries(transports()).map(([name, transport]) => reach(name, transport)))).flat();
    return { unreachable, neverSeen: unreachable.filter((name) => !seen.has(name)) };
  };
};

const words: Readonly<Record<Phase, string>> = { starting: 'It is starting.', ready: '', stopping: 'It is stopping.', stopped: 'It has stopped.', failed: 'It could not start.' };

/** The reason for a refusal names types and fields: it is told where the schema is. */
const supergraphDetail = ({ version, since, refused }: GraphState, introspection: Introspection): GatewayReadiness['supergraph'] => ({
  version,
  since,
  ...(refused && { refused: { ...refused, reason: introspection === 'all' ? refused.reason : 'The log says why.' } }),
});

/**
 * Whether the gateway may be given traffic: not before every subgraph has answered once, and not from the moment on at
 * which it begins to stop. A subgraph that is lost later is named, but costs its own fields only, so the gateway stays
 * ready.
 */
export const createGatewayReadiness = (options: { phase: () => Phase; graphs: Graphs; introspection: Introspection; now: Clock }): (() => Promise<GatewayReadiness>) => {
  const { phase, graphs, introspection, now } = options;
  const transports = () => graphs.current().transports;
  const probe = createProbe(transports);
  let [before, since] = [true, now()];
  let wasReady = false;

  const look = async (): Promise<Omit<GatewayReadiness, 'ready' | 'since' | 'supergraph'>> => {
    const current = phase();
    if (current !== 'ready') return { notReady: [`process: ${words[current]}`], checks: { process: false }, unreachable: [] };
    const { unreachable, neverSeen } = await probe();
    const checks = Object.fromEntries(Object.keys(transports()).map((name) => [name, !unreachable.includes(name)]));
    wasReady ||= neverSeen.length === 0;
    // Later, a supergraph that names a new subgraph must not take every gateway out of service.
    return { notReady: (wasReady ? [] : neverSeen).map((name) => `${name}: This subgraph has not answered yet.`), checks: { process: true, ...checks }, unreachable };
  };

  return async () => {
    const found = await look();
    const ready = found.notReady.length === 0;
    if (ready !== before) [before, since] = [ready, now()];
    return { ready, ...found, since, supergraph: supergraphDetail(graphs.state(), introspection) };
  };
};
