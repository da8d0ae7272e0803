import { composeServices } from '@apollo/composition';
import { Supergraph, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES } from '@apollo/federation-internals';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';
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


/** Composes the supergraph of all subgraphs, or of some, from their SDL as it lies in the tree. */
export const composeSupergraph = async (of: readonly { readonly name: string; readonly port: number }[] = subgraphs): Promise<Composed | { readonly errors: readonly string[] }> => {
  const services = await Promise.all(of.map(async ({ name, port }) => ({ name, url: `http://localhost:${port}/graphql`, typeDefs: parse(await sdlOf(name)) })));
  const result = composeServices(services);
  if (result.errors) return { errors: result.errors.map((error) => error.message) };
  const supergraph = Supergraph.build(result.supergraphSdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const api = printSchema(lexicographicSortSchema(supergraph.apiSchema().toGraphQLJSSchema()));
  return {
    supergraph: `${NOTE}${result.supergraphSdl}\n`,
    api: `${NOTE}${api}\n`,
    hints: result.hints.map((hint) => `${hint.definition.code}: ${hint.message}`),
  };
};
