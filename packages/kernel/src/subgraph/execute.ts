import { createSourceEventStream, execute, GraphQLError, parse, validate, type DocumentNode, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { maskError } from '../errors/mask.ts';
import type { SubgraphRequest, SubgraphTransport } from '../gateway/transport.ts';
import type { Logger } from '../runtime/logger.ts';
import { mapStream } from '../runtime/stream.ts';
import { createLean, type Lean } from './lean/execute.ts';

/** Documents kept parsed and validated. The gateway's plans are few; the bound is for whoever asks directly. */
const KEPT_DOCUMENTS = 1_000;

type Kept = { readonly document: DocumentNode; readonly lean: Lean } | { readonly errors: readonly GraphQLError[] };

const createDocuments = (schema: GraphQLSchema) => {
  const kept = new Map<string, Kept>();
  const read = (query: string): Kept => {
    try {
      const document = parse(query);
      const errors = validate(schema, document);
      return errors.length > 0 ? { errors } : { document, lean: createLean(schema, document) };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  };
  return (query: string): Kept => {
    const known = kept.get(query);
    if (known) return known;
    const made = read(query);
    if (kept.size >= KEPT_DOCUMENTS) kept.delete(kept.keys().next().value!);
    kept.set(query, made);
    return made;
  };
};

const isStream = (value: object): value is AsyncIterable<unknown> => Symbol.asyncIterator in value;

/** Of an event that cannot be read, or not by this actor any more. */
const saysNothing = ({ data }: ExecutionResult): boolean => data === undefined || data === null;

/**
 * Adds the place from which to go on after an event. Not where it could not be read: the stream ends there, and whoever
 * comes back gets that event again, if it is theirs to see.
 */
const withCursor = (event: unknown, result: ExecutionResult): ExecutionResult => {
  if (saysNothing(result) || typeof event !== 'object' || event === null || !('cursor' in event)) return result;
  return { ...result, extensions: { cursor: event.cursor } };
};

const toGraphQLError = (error: unknown): GraphQLError => (error instanceof GraphQLError ? error : new GraphQLError('The stream broke.', { originalError: error as Error }));

/** Runs operations on a schema in this process. `contextOf` is called for each request, and again for each event. */
export const createLocalTransport = <Context>(options: { schema: GraphQLSchema; contextOf: (request: SubgraphRequest) => Context; log: Logger }): SubgraphTransport => {
  const { schema, contextOf, log } = options;
  const documentOf = createDocuments(schema);

  // What crosses to the gateway is what would cross the wire, so both transports behave alike.
  const masked = ({ data, errors }: ExecutionResult): ExecutionResult => {
    if (!errors) return { data: data ?? null };
    return { ...(data !== undefined && { data }), errors: errors.map((error) => maskError(error.toJSON(), error, log)) as unknown as readonly GraphQLError[] };
  };

  const argsOf = (request: SubgraphRequest, document: DocumentNode, rootValue?: unknown) => ({
    schema,
    document,
    rootValue,
    contextValue: contextOf(request),
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
  });

  const refused = (errors: readonly GraphQLError[]): ExecutionResult => ({ errors: errors.map((error) => error.toJSON() satisfies GraphQLFormattedError) as unknown as readonly GraphQLError[] });

  return {
    async execute(request) {
      const kept = documentOf(request.query);
      if ('errors' in kept) return refused(kept.errors);
      return masked(await kept.lean.execute({ variables: request.variables ?? {}, operationName: request.operationName, context: contextOf(request) }));
    },
    async subscribe(request) {
      const kept = documentOf(request.query);
      if ('errors' in kept) return refused(kept.errors);
      const source = await createSourceEventStream(argsOf(request, kept.document));
      if (!isStream(source)) return masked(source);
      // A fresh context for every event: loaders of the first would show stale rows and old permissions.
      const resultOf = async (event: unknown): Promise<ExecutionResult> => withCursor(event, masked(await execute(argsOf(request, kept.document, event))));
      return mapStream(source, resultOf, { signal: request.signal, isLast: saysNothing, failed: (error) => masked({ errors: [toGraphQLError(error)] }) });
    },
  };
};
