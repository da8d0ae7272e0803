import { anonymous, newId, sendJson, type Phase, type Route, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { Introspection } from '../introspection.ts';
import type { GraphState, Graphs } from '../graph/graphs.ts';

/** Where the process is in its life; asked anew for each answer. */
type PhaseNow = () => Phase;

const PROBE_MS = 2_000;

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

/** What is served since when, and why the last one that was offered is not. The reason names types and fields. */
const supergraphDetail = ({ version, since, refused }: GraphState, introspection: Introspection) => ({
  version,
  since,
  ...(refused && { refused: { ...refused, reason: introspection === 'all' ? refused.reason : 'The log says why.' } }),
});

/**
 * `/health/live` says that the process runs. `/health/ready` says whether it may be given traffic: not before every
 * subgraph has answered once, and not while it stops. A subgraph that is lost later is named, but costs its own fields
 * only, so the gateway stays ready.
 */
export const healthRoutes = ({ phase: phaseNow, graphs, introspection }: { phase: PhaseNow; graphs: Graphs; introspection: Introspection }): Route[] => {
  const probe = createProbe(() => graphs.current().transports);
  let wasReady = false;
  return [
    { method: 'GET', path: '/health/live', handle: async (_request, response) => sendJson(response, 200, { status: 'live' }) },
    {
      method: 'GET',
      path: '/health/ready',
      async handle(_request, response) {
        const phase = phaseNow();
        if (phase !== 'ready') return sendJson(response, 503, { status: 'not ready', notReady: [`the gateway is ${phase}`] });
        const { unreachable, neverSeen } = await probe();
        // Later, a supergraph that names a new subgraph must not take every gateway out of service.
        if (neverSeen.length > 0 && !wasReady) return sendJson(response, 503, { status: 'not ready', notReady: neverSeen.map((name) => `subgraph ${name} has not answered yet`) });
        wasReady = true;
        return sendJson(response, 200, { status: 'ready', unreachable, supergraph: supergraphDetail(graphs.state(), introspection) });
      },
    },
  ];
};
