import { composeServices } from '@apollo/composition';
import { loadSupergraph, standInsOf, SupergraphError, type LoadedSupergraph } from '@buffrsign/gateway/supergraph';
import { lexicographicSortSchema, parse, printSchema, type DocumentNode } from 'graphql';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { subgraphs } from '../../subgraphs/index.ts';

export interface Composed {
  readonly supergraph: string;
  /** What clients see, sorted, with descriptions. */
  readonly api: string;
  readonly hints: readonly string[];
}

const NOTE = '# Composed from the subgraphs by `npm run compose`. Do not edit: change the subgraph.\n\n';

const sdlOf = async (name: string): Promise<string> => {
  const paths = [...globSync('schema/shared/*.graphql'), ...globSync(`subgraphs/${name}/src/schema/*.graphql`)].sort();
  return (await Promise.all(paths.map((path) => readFile(path, 'utf8')))).join('\n');
};

export interface Service {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

/**
 * What this gateway plans rightly and others do not: the supergraph is to be served by any of them. They fetch what is
 * required under the name of its field, whatever the arguments, where the client asks for the same field.
 */
const wronglyPlannedElsewhere = (supergraphSdl: string): string[] =>
  standInsOf(parse(supergraphSdl, { noLocation: true })).requirements.filter(({ standIns }) => standIns.size > 0).map(
    ({ type, field, standIns }) => `${type}.${field} has @requires of ${[...standIns.keys()].join(' and ')}, which takes arguments: in other routers, clients that ask for it with others would get wrong data. Require a field without arguments, which the other subgraph can offer.`,
  );

/** As the gateway reads it: what it refuses is better known now than when it starts. */
const read = (supergraphSdl: string): LoadedSupergraph | { readonly errors: readonly string[] } => {
  try {
    return loadSupergraph(supergraphSdl);
  } catch (error) {
    if (error instanceof SupergraphError) return { errors: error.message.split('\n') };
    throw error;
  }
};

/** Composes a supergraph that the gateway can serve, or says what is in the way. */
export const compose = (services: readonly Service[]): Composed | { readonly errors: readonly string[] } => {
  const result = composeServices([...services]);
  if (result.errors) return { errors: result.errors.map((error) => error.message) };
  const loaded = read(result.supergraphSdl);
  if ('errors' in loaded) return loaded;
  const wrong = wronglyPlannedElsewhere(result.supergraphSdl);
  if (wrong.length > 0) return { errors: wrong };
  const api = printSchema(lexicographicSortSchema(loaded.schema));
  return {
    supergraph: `${NOTE}${result.supergraphSdl}\n`,
    api: `${NOTE}${api}\n`,
    hints: result.hints.map((hint) => `${hint.definition.code}: ${hint.message}`),
  };
};

/** Composes the supergraph of all subgraphs, or of some, from their SDL as it lies in the tree. */
export const composeSupergraph = async (of: readonly { readonly name: string; readonly port: number }[] = subgraphs): Promise<Composed | { readonly errors: readonly string[] }> =>
  compose(await Promise.all(of.map(async ({ name, port }) => ({ name, url: `http://localhost:${port}/graphql`, typeDefs: parse(await sdlOf(name)) }))));
