import { newId, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../context.ts';
import { toGraphQLError } from '../errors.ts';
import { toSourceResult } from '../execute/data-source.ts';
import type { Execute } from '../execute/execute.ts';
import type { DataSource } from '../federation/apollo.ts';
import { withErrors, type Admit, type Admitted, type OperationRequest } from '../gateway.ts';
import { mapStream, type Stream } from './mapped-stream.ts';
import { splitPlan, type SubscriptionPlan } from './plan.ts';

/** Opens a federated subscription: a stream of complete answers, or one answer when there is nothing to wait for. Errors are not masked yet. */
export type Subscribe = (request: OperationRequest) => Promise<Stream<ExecutionResult> | ExecutionResult>;

interface Parts {
  readonly admit: Admit;
  readonly execute: Execute;
  readonly sources: Readonly<Record<string, DataSource>>;
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

const createComplete = (parts: Parts, request: OperationRequest, admitted: Admitted, plan: SubscriptionPlan) => async (event: ExecutionResult): Promise<ExecutionResult> => {
  const context: RequestContext = { ...request.context, requestId: newId('req') };
  const sources = { ...parts.sources, [plan.eventSource]: { process: async () => toSourceResult(plan.source.serviceName, event) } };
  const result = await parts.execute({ operation: admitted.operation, plan: plan.completion, sources, variables: request.variables, context });
  return withErrors(result, admitted.refusals, context.actor);
};

const createOpen =
  (parts: Parts): Subscribe =>
  async (request) => {
    const admitted = parts.admit(request);
    if ('errors' in admitted) return admitted;
    const { operation, grant, refusals } = admitted;
    const { variables, context } = request;
    const plan = splitPlan(grant.plan);
    if (!plan) return withErrors(await parts.execute({ operation, plan: grant.plan, sources: parts.sources, variables, context }), refusals, context.actor);

    const complete = createComplete(parts, request, admitted, plan);
    const { signal, leave } = follow(context.signal);
    const { source } = plan;
    const opened = await parts.transports[source.serviceName]!.subscribe({
      query: source.operation,
      variables: pick(variables, source.variableUsages),
      actor: context.actor,
      client: context.client,
      requestId: context.requestId,
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
    const stream = mapStream(opened, { map: complete, failed: (error) => ({ errors: [toGraphQLError(error)] }), ended: leave });
    // A source may be slow to notice; the client's own stream ends at once.
    signal.addEventListener('abort', () => void stream.return(), { once: true });
    return stream;
  };

export const createSubscribe = (parts: Parts): Subscribe => {
  const open = createOpen(parts);
  return (request) => open(request).catch((error: unknown) => ({ errors: [toGraphQLError(error)] }));
};
