import { Problem } from '@buffrsign/kernel/gateway';
import { GraphQLError, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema, type SelectionNode } from 'graphql';
import { conditionsOf } from './authorize/conditions.ts';
import { createDocumentCache } from './document-cache.ts';
import type { Introspection } from './introspection.ts';
import { createLiteralsRule } from './limits/literals.ts';
import { createLimitsRule } from './limits/rule.ts';
import type { Hits } from './telemetry/counts.ts';
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

/** graphql stops comparing fields that would have to be merged when there are too many of them, and says no more than that. */
const inWords = (message: string): string => (message === 'Validation aborted.' ? 'This operation asks for the same fields too often to be checked. Ask for each of them once.' : message);

export const createReadDocument = (options: { schema: GraphQLSchema; limits: Limits; introspection: Introspection; found?: Hits }): ReadDocument => {
  const { schema, limits, introspection, found } = options;
  const known = createDocumentCache();
  const limited = [createLimitsRule(limits), createLiteralsRule(limits)];
  const rules = [...specifiedRules, ...(introspection === 'none' ? [NoSchemaIntrospectionCustomRule] : [])];
  const shown = introspection === 'all' ? (message: string) => message : withoutHints;

  const read = (query: string): DocumentNode | readonly GraphQLError[] => {
    const document = parseOne(query, limits.tokens);
    if (!('kind' in document)) return document;
    if (isConditional(document)) return [conditional()];
    // By themselves and first: some of the other rules take long over what is too large.
    const tooLarge = validate(schema, document, limited);
    const errors = tooLarge.length > 0 ? tooLarge : validate(schema, document, rules);
    return errors.length > 0 ? errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED', inWords(shown(error.message)))) : document;
  };

  return (query) => {
    const kept = known.get(query);
    if (found) found[kept ? 'hits' : 'misses'] += 1;
    if (kept) return kept;
    const document = read(query);
    if ('kind' in document) known.set(query, document);
    return document;
  };
};
