import { GraphQLError, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema, type ValidationRule } from 'graphql';
import { createBoundedMap } from '../bounded-map.ts';

/** Reads and validates the documents that come over sockets, each text once. */
export type ReadDocument = (query: string) => DocumentNode | readonly GraphQLError[];

const withCode = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, { ...(error.nodes && { nodes: error.nodes }), source: error.source, positions: error.positions, extensions: { ...error.extensions, code } });

export const createReadDocument = (options: { schema: GraphQLSchema; rules: readonly ValidationRule[]; maxTokens: number; keep: number }): ReadDocument => {
  const known = createBoundedMap<DocumentNode>(options.keep);
  const rules = [...specifiedRules, ...options.rules];

  const read = (query: string): DocumentNode | readonly GraphQLError[] => {
    try {
      const document = parse(query, { maxTokens: options.maxTokens });
      const errors = validate(options.schema, document, rules);
      return errors.length > 0 ? errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) : document;
    } catch (error) {
      if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
      throw error;
    }
  };

  return (query) => {
    const kept = known.get(query);
    if (kept) return kept;
    const document = read(query);
    if ('kind' in document) known.set(query, document);
    return document;
  };
};
