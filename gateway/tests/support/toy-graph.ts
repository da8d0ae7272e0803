import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { anonymous, unknownClient } from '@buffrsign/kernel/gateway';
import { execute, parse, type ExecutionResult } from 'graphql';
import { loadSupergraph } from '../../src/supergraph.ts';
import { gatewayOf } from './gateway.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable", "@interfaceObject"])';

/** A subgraph of a few types. */
export type Toy = readonly [sdl: string, resolvers?: object];

export const composeToys = (subgraphs: Readonly<Record<string, Toy>>): string => {
  const { supergraphSdl, errors } = composeServices(Object.entries(subgraphs).map(([name, [sdl]]) => ({ name, url: `http://${name}`, typeDefs: parse(`${LINK}\n${sdl}`) })));
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};

/** What the gateway answers over these subgraphs, as nobody signed in. */
export const askToys = async (subgraphs: Readonly<Record<string, Toy>>, query: string): Promise<ExecutionResult> => {
  const transports = Object.fromEntries(
    Object.entries(subgraphs).map(([name, [sdl, resolvers = {}]]) => {
      const schema = buildSubgraphSchema([{ typeDefs: parse(`${LINK}\n${sdl}`), resolvers: resolvers as never }]);
      const run = async (request: { query: string; variables?: Readonly<Record<string, unknown>> }): Promise<ExecutionResult> =>
        JSON.parse(JSON.stringify(await execute({ schema, document: parse(request.query), variableValues: request.variables as Record<string, unknown> }))) as ExecutionResult;
      return [name, { execute: run, subscribe: run }];
    }),
  );
  const gateway = gatewayOf(loadSupergraph(composeToys(subgraphs)), transports);
  return gateway.answer({ document: parse(query), operationName: undefined, variables: {}, context: { actor: anonymous, client: unknownClient, requestId: 'req_1', signal: new AbortController().signal } }, { acts: true });
};
