import { createSourceEventStream, execute, GraphQLError, parse, validate, type DocumentNode, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { maskError } from '../errors/mask.ts';
import type { SubgraphRequest, SubgraphTransport } from '../gateway/transport.ts';
import type { Logger } from '../runtime/logger.ts';
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

/** Runs operations on a schema in this process. `contextOf` is called for each request, and again for each event. */
export const createLocalTransport = <Context>(options: { schema: GraphQLSchema; contextOf: (request: SubgraphRequest) => Context; log: Logger }): SubgraphTransport => {
  const { schema, contextOf, log } = options;
  const documentOf = createDocuments(schema);

  const masked = ({ data, errors }: ExecutionResult): ExecutionResult => ({
    ...(data !== undefined && { data }),
    // What crosses to the gateway is what would cross the wire, so both transports behave alike.
    ...(errors && { errors: errors.map((error) => maskError(error.toJSON(), error, log)) as unknown as readonly GraphQLError[] }),
  });

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
      return mapStream(source, async (event) => masked(await execute(argsOf(request, kept.document, event))), request.signal);
    },
  };
};

/** Maps a stream; `return()` and an abort reach the source at once, also while it has nothing to say. */
export const mapStream = <From, To>(source: AsyncIterable<From>, map: (value: From) => Promise<To>, signal?: AbortSignal): AsyncIterableIterator<To> => {
  const iterator = source[Symbol.asyncIterator]();
  const end = async (): Promise<IteratorResult<To>> => {
    signal?.removeEventListener('abort', onAbort);
    await iterator.return?.();
    return { value: undefined, done: true };
  };
  const onAbort = () => void end();
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  const mapped: AsyncIterableIterator<To> = {
    [Symbol.asyncIterator]: () => mapped,
    async next() {
      const result = await iterator.next();
      return result.done ? end() : { value: await map(result.value), done: false };
    },
    return: end,
  };
  return mapped;
};
