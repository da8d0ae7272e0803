import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { unknownClient, type Actor, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import { execute, parse, subscribe, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { EvaluatePolicies } from '../../src/index.ts';
import { isLiveStream } from '../../src/subscriptions/subscribe.ts';
import { loadSupergraph } from '../../src/supergraph.ts';
import { gatewayOf, iterate } from '../support/gateway.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy"])';

export type Resolvers = Readonly<Record<string, object>>;

/** A subgraph as a test writes it. */
export interface Written {
  readonly sdl: string;
  readonly resolvers: Resolvers;
}

export interface World {
  /** Asks as somebody; of a subscription, its first event. */
  ask(query: string, actor: Actor, variables?: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
  /** Opens a subscription. */
  subscribe(query: string, actor: Actor): Promise<AsyncIterableIterator<ExecutionResult>>;
  /** All that was sent to subgraphs since the last question. */
  sent(): string;
}

const plain = (result: ExecutionResult): ExecutionResult => JSON.parse(JSON.stringify(result)) as ExecutionResult;

export const composeWorld = (subgraphs: Readonly<Record<string, Written>>): string => {
  const { supergraphSdl, errors } = composeServices(Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, url: `http://${name}`, typeDefs: parse(`${LINK}\n${sdl}`) })));
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};

const transportOf = (schema: GraphQLSchema, sent: string[]): SubgraphTransport => ({
  execute: async ({ query, variables }) => {
    sent.push(query);
    return plain(await execute({ schema, document: parse(query), variableValues: variables as Record<string, unknown> }));
  },
  subscribe: async ({ query, variables }) => {
    sent.push(query);
    const opened = await subscribe({ schema, document: parse(query), variableValues: variables as Record<string, unknown> });
    return Symbol.asyncIterator in opened ? opened : plain(opened);
  },
});

/** A gateway over subgraphs in this process. */
export const startWorld = (subgraphs: Readonly<Record<string, Written>>, evaluatePolicies?: EvaluatePolicies, edit = (supergraphSdl: string): string => supergraphSdl): World => {
  const sent: string[] = [];
  const transports = Object.fromEntries(
    Object.entries(subgraphs).map(([name, { sdl, resolvers }]) => [name, transportOf(buildSubgraphSchema([{ typeDefs: parse(`${LINK}\n${sdl}`), resolvers: resolvers as never }]), sent)]),
  );
  const gateway = gatewayOf(loadSupergraph(edit(composeWorld(subgraphs)), { policies: true }), transports, evaluatePolicies);
  const requestOf = (query: string, actor: Actor, variables: Readonly<Record<string, unknown>> = {}) => ({
    document: parse(query),
    operationName: undefined,
    variables,
    context: { actor, client: unknownClient, requestId: 'req_1', signal: new AbortController().signal },
  });
  const open = async (query: string, actor: Actor): Promise<AsyncIterableIterator<ExecutionResult>> => {
    const stream = await gateway.subscribe(requestOf(query, actor));
    if (isLiveStream(stream)) return iterate(stream);
    return (async function* () {
      yield stream;
    })();
  };
  return {
    async ask(query, actor, variables) {
      sent.length = 0;
      if (!query.startsWith('subscription')) return gateway.answer(requestOf(query, actor, variables), { acts: true });
      const stream = await open(query, actor);
      const { value } = await stream.next();
      await stream.return?.();
      return value as ExecutionResult;
    },
    subscribe: open,
    sent: () => sent.join('\n'),
  };
};
