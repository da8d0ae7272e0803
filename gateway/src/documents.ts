import { Problem } from '@buffrsign/kernel/gateway';
import { GraphQLError, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema, type SelectionNode } from 'graphql';
import { conditionsOf } from './authorize/conditions.ts';
import type { BoundedMap } from './bounded-map.ts';
import { createLimitsRule } from './limits/rule.ts';
import type { Limits } from './limits/limits.ts';

/** Reads and validates documents, each text once, whichever way it comes. */
export type ReadDocument = (query: string) => DocumentNode | readonly GraphQLError[];

const withCode = (error: GraphQLError, code: string, message = error.message): GraphQLError =>
  new GraphQLError(message, { ...(error.nodes && { nodes: error.nodes }), source: error.source, positions: error.positions, extensions: { ...error.extensions, code } });

const parseOne = (query: string, maxTokens: number): DocumentNode | readonly GraphQLError[] => {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
};

/** Whether the field that a subscription subscribes to stands under a condition: then there may be no event to speak of. */
const isConditional = (document: DocumentNode): boolean => {
  const passed = new Set<string>();
  const check = (node: SelectionNode): boolean => {
    if (conditionsOf(node).length > 0) return true;
    if (node.kind === 'Field') return false;
    if (node.kind === 'InlineFragment') return node.selectionSet.selections.some(check);
    if (passed.has(node.name.value)) return false;
    passed.add(node.name.value);
    return document.definitions.some((other) => other.kind === 'FragmentDefinition' && other.name.value === node.name.value && other.selectionSet.selections.some(check));
  };
  return document.definitions.some((definition) => definition.kind === 'OperationDefinition' && definition.operation === 'subscription' && definition.selectionSet.selections.some(check));
};

const conditional = (): Problem =>
  new Problem('BAD_USER_INPUT', { message: 'The field that a subscription subscribes to cannot stand under @skip or @include. Decide before subscribing, or put the condition on fields inside of it.' });

/** What graphql says of names that were meant tells of the schema. */
const withoutHints = (message: string): string => message.replace(/ ?Did you mean .+\?$/, '');

/** `known` keeps the documents that were read, by their texts. */
export const createReadDocument = (options: { schema: GraphQLSchema; limits: Limits; introspection: boolean; known: BoundedMap<DocumentNode> }): ReadDocument => {
  const { schema, limits, introspection, known } = options;
  const rules = [...specifiedRules, createLimitsRule(limits), ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const shown = introspection ? (message: string) => message : withoutHints;

  const read = (query: string): DocumentNode | readonly GraphQLError[] => {
    const document = parseOne(query, limits.tokens);
    if (!('kind' in document)) return document;
    if (isConditional(document)) return [conditional()];
    const errors = validate(schema, document, rules);
    return errors.length > 0 ? errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED', shown(error.message))) : document;
  };

  return (query) => {
    const kept = known.get(query);
    if (kept) return kept;
    const document = read(query);
    if ('kind' in document) known.set(query, document);
    return document;
  };
};
