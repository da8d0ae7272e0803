import { newId, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import { toGraphQLError } from '../errors.ts';
import { execute } from '../execute/execute.ts';
import type { Source } from '../execute/run.ts';
import type { Admit, Admitted } from '../admit.ts';
import type { OperationRequest } from '../gateway.ts';
import { mapStream, type Stream } from './mapped-stream.ts';

/** Opens a federated subscription: a stream of complete answers, or one answer when there is nothing to wait for. Errors are not masked yet. */
export type Subscribe = (request: OperationRequest) => Promise<Stream<ExecutionResult> | ExecutionResult>;

interface Parts {
  readonly admit: Admit;
  readonly sources: Readonly<Record<string, Source>>;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
}

const isStream = (opened: AsyncIterable<ExecutionResult> | ExecutionResult): opened is AsyncIterable<ExecutionResult> => Symbol.asyncIterator in opened;

const pick = (variables: Readonly<Record<string, unknown>>, names: readonly string[] = []): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));

/** A signal of its own for the source, which also follows the client's; `leave` lets go of the client's again. */
const follow = (client: AbortSignal) => {
  const own = new AbortController();
  const onAbort = (): void => own.abort();
  if (client.aborted) own.abort();
  client.addEventListener('abort', onAbort, { once: true });
  return { signal: own.signal, leave: () => (client.removeEventListener('abort', onAbort), own.abort()) };
};

/** Completes an event over the other subgraphs; without one, gives the answer of an operation that nothing is left of. */
const createComplete = (sources: Parts['sources'], { variables, context }: OperationRequest, { grant, refusals, coerced }: Admitted) => (event?: ExecutionResult): Promise<ExecutionResult> =>
  execute({ plan: grant.plan, respond: grant.respond, sources, variables, coerced, refusals, context: { ...context, requestId: newId('req') }, ...(event && { event }) });

const createOpen =
  (parts: Parts): Subscribe =>
  async (request) => {
    const admitted = await parts.admit(request);
    if ('errors' in admitted) return admitted;
    const { variables, context } = request;
    const { source } = admitted.grant.plan;
    const complete = createComplete(parts.sources, request, admitted);
    if (!source) return complete();

    const { signal, leave } = follow(context.signal);
    const opened = await parts.transports[source.serviceName]!.subscribe({
      query: source.operation,
      variables: pick(variables, source.variableUsages),
      actor: context.actor,
      client: context.client,
      requestId: context.requestId,
      ...(context.observation?.span && { traceparent: context.observation.span.traceparent }),
      signal,
      ...(source.operationName && { operationName: source.operationName }),
      ...(source.operationDocumentNode && { document: source.operationDocumentNode }),
    }).catch((error: unknown) => {
      leave();
      throw error;
    });
    if (!isStream(opened)) {
      leave();
      return complete(opened);
    }
    const stream = mapStream(opened, { map: (event) => admitted.recheck().then(() => complete(event)), failed: (error) => ({ errors: [toGraphQLError(error)] }), ended: leave });
    // A source may be slow to notice; the client's own stream ends at once.
    signal.addEventListener('abort', () => void stream.return(), { once: true });
    return stream;
  };

export const createSubscribe = (parts: Parts): Subscribe => {
  const open = createOpen(parts);
  return (request) => open(request).catch((error: unknown) => ({ errors: [toGraphQLError(error)] }));
};
