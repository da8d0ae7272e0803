import type { Logger } from '@buffrsign/kernel/gateway';
import { createHash } from 'node:crypto';
import { loadSupergraph, loadSupergraphInSteps, SupergraphError, type LoadedSupergraph } from '../supergraph.ts';
import type { Connections, Subgraph } from '../transport/connect.ts';
import { checkSupergraph } from './check.ts';
import { createServedGraph, type ServedGraph, type ServedGraphOptions } from './served-graph.ts';
import { warm, warmLimits, type WarmLimits } from './warm.ts';

/** What is served, and what became of the supergraphs that were offered since. */
export interface GraphState {
  /** Of the supergraph that is served: the first twelve digits of its SHA-256. */
  readonly version: string;
  readonly since: Date;
  /** How often another one took its place. */
  readonly swaps: number;
  /** How often one was refused. */
  readonly refusals: number;
  /** The last one that was refused; nothing once one was taken after it. */
  readonly refused: { readonly version: string; readonly reason: string; readonly at: Date } | undefined;
}

export interface Graphs {
  /** Read once for each request. */
  current(): ServedGraph;
  state(): GraphState;
  /**
   * Serves another supergraph in place of the one that is served, or goes on with that one. One after another: whoever
   * comes while one is being loaded waits.
   *
   * @throws SupergraphError, in words, when it cannot be served.
   */
  reload(supergraphSdl: string): Promise<void>;
  /** Nothing is taken any more; lets go of the subgraphs after the last request. */
  close(): Promise<void>;
}

export interface GraphsOptions extends ServedGraphOptions {
  readonly supergraphSdl: string;
  readonly connections: Connections;
  readonly log: Logger;
  readonly now: () => Date;
  readonly warm?: WarmLimits;
}

const RELOADED = 'The schema changed, so this stream was ended. Subscribe again, with the last cursor if there was one.';

const versionOf = (sdl: string): string => createHash('sha256').update(sdl).digest('hex').slice(0, 12);
const addressKey = (addressed: readonly Subgraph[]): string => JSON.stringify(addressed);

interface Serving {
  readonly graph: ServedGraph;
  readonly subgraphs: readonly Subgraph[];
  readonly version: string;
  readonly addresses: string;
  readonly since: Date;
}

/** Holds the graph that is served behind one reference, and swaps it whole. */
export const createGraphs = (options: GraphsOptions): Graphs => {
  const { connections, log, now } = options;
  const loading = { policies: options.evaluatePolicies !== undefined };
  const { supergraphs } = options.counts;
  let refused: GraphState['refused'];
  let closed = false;
  let lastReload: Promise<void> = Promise.resolve();
  const retiring = new Set<Promise<void>>();

  const open = (supergraph: LoadedSupergraph): Serving => {
    const addressed = connections.addressesOf(supergraph.subgraphs);
    return { graph: createServedGraph(supergraph, connections.connect(addressed), options), subgraphs: supergraph.subgraphs, version: versionOf(supergraph.sdl), addresses: addressKey(addressed), since: now() };
  };

  let serving = open(loadSupergraph(options.supergraphSdl, loading));

  const retire = ({ graph, version }: Serving): void => {
    const retired = graph.retire().catch((error: unknown) => log.error({ err: error, version }, 'a supergraph was not let go of in order'));
    retiring.add(retired);
    void retired.then(() => retiring.delete(retired));
  };

  const swap = async (sdl: string, version: string): Promise<void> => {
    if (version === serving.version && addressKey(connections.addressesOf(serving.subgraphs)) === serving.addresses) return;
    connections.addressesOf(await checkSupergraph(sdl, loading));
    const next = open(await loadSupergraphInSteps(sdl, loading));
    const { planned, invalid } = await warm(next.graph, serving.graph, options.warm ?? warmLimits, () => closed);
    if (closed) return retire(next);
    const before = serving;
    serving = next;
    supergraphs.taken += 1;
    before.graph.endStreams('SUBSCRIPTION_SCHEMA_RELOAD', RELOADED);
    retire(before);
    log.info({ version, before: before.version, planned }, 'supergraph taken');
    if (invalid.length > 0) log.warn({ version, operations: invalid.slice(0, 20), count: invalid.length }, 'clients ask for operations that this supergraph does not answer');
  };

  const offer = async (sdl: string): Promise<void> => {
    if (closed) return;
    const version = versionOf(sdl);
    try {
      await swap(sdl, version);
      refused = undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      supergraphs.refused += 1;
      refused = { version, reason, at: now() };
      log.error({ version, serving: serving.version, reason }, 'supergraph refused; the one before is served on');
      throw error instanceof SupergraphError ? error : new SupergraphError(reason, { cause: error });
    }
  };

  return {
    current: () => serving.graph,
    state: () => ({ version: serving.version, since: serving.since, swaps: supergraphs.taken, refusals: supergraphs.refused, refused }),
    reload(sdl) {
      const reloaded = lastReload.then(() => offer(sdl));
      lastReload = reloaded.catch(() => undefined);
      return reloaded;
    },
    async close() {
      closed = true;
      await lastReload;
      retire(serving);
      await Promise.all(retiring);
    },
  };
};
