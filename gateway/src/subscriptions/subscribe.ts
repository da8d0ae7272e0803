import { newId, unknownClient, type Actor, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import { print, type ExecutionResult } from 'graphql';
import type { Admit, Admitted } from '../admit.ts';
import { createDeadline } from '../deadline.ts';
import { toGraphQLError } from '../errors.ts';
import { execute } from '../execute/execute.ts';
import type { Source } from '../execute/run.ts';
import type { FetchNode } from '../federation/apollo.ts';
import type { OperationRequest } from '../gateway.ts';
import type { Registry } from './registry.ts';
import type { Sink, Subscription } from './subscriber.ts';
import type { StreamSource } from './upstream.ts';

/** A subscription that can begin. */
export interface LiveStream {
  start(sink: Sink): Subscription;
}

/** Subscribes over subgraphs: a stream, or one answer when there is nothing to wait for. Errors of that are not masked yet. */
export type Subscribe = (request: OperationRequest) => Promise<LiveStream | ExecutionResult>;

export const isLiveStream = (opened: LiveStream | ExecutionResult): opened is LiveStream => 'start' in opened;

interface Parts {
  readonly admit: Admit;
  readonly sources: Readonly<Record<string, Source>>;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly registry: Registry;
  /** Milliseconds that completing one event may take. */
  readonly operationMs: number;
}

const pick = (variables: Readonly<Record<string, unknown>>, names: readonly string[] = []): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));

/** All that what an actor is given depends on. */
const identityOf = (actor: Actor): unknown => (actor.kind === 'anonymous' ? actor : { ...actor, scopes: [...actor.scopes].sort() });

/**
 * Policies may be decided by more than who acts, such as by from where: an operation that has some is shared with
 * nobody, and they are asked for each subscriber.
 */
const keyOf = ({ document, operationName, variables, context }: OperationRequest, { operation, grant }: Admitted): string =>
  JSON.stringify([document.loc?.source.body ?? print(document), operationName ?? null, variables, identityOf(context.actor), grant.key, operation.policies.length > 0 ? newId('stream') : null]);

/**
 * The source of a stream, which works on behalf of the actor and of no client: who shares it come and go, from several
 * places, and what it asks must not be written down as asked by whoever happened to be first.
 */
const createStreamSource = ({ sources, transports, operationMs }: Parts, { variables, context: { actor, observation } }: OperationRequest, { grant, refusals, coerced, recheck }: Admitted, node: FetchNode): StreamSource => ({
  open: (cursor, signal) =>
    transports[node.serviceName]!.subscribe({
      query: node.operation,
      variables: pick(variables, node.variableUsages),
      actor,
      client: unknownClient,
      requestId: newId('req'),
      signal,
      ...(observation?.span && { traceparent: observation.span.traceparent }),
      ...(cursor !== undefined && { cursor }),
      ...(node.operationName && { operationName: node.operationName }),
      ...(node.operationDocumentNode && { document: node.operationDocumentNode }),
    }),
  async complete(event, gone) {
    const { signal, done } = createDeadline(operationMs, gone);
    const context = { actor, client: unknownClient, requestId: newId('req'), signal };
    try {
      await recheck();
      return await execute({ plan: grant.plan, respond: grant.respond, sources, variables, coerced, refusals, context, event });
    } finally {
      done();
    }
  },
});

export const createSubscribe = (parts: Parts): Subscribe => {
  const { admit, sources, registry } = parts;
  // By the fetch that opens a source, which is kept with the plan of its operation.
  const givingCursors = new WeakMap<FetchNode, { known: boolean }>();

  const subscribe: Subscribe = async (request) => {
    const admitted = await admit(request);
    if ('errors' in admitted) return admitted;
    const { grant, refusals, coerced } = admitted;
    const { source: node } = grant.plan;
    const { variables, context, cursor } = request;
    if (!node) return execute({ plan: grant.plan, respond: grant.respond, sources, variables, coerced, refusals, context });
    const givesCursors = givingCursors.get(node) ?? { known: false };
    givingCursors.set(node, givesCursors);
    const source = createStreamSource(parts, request, admitted, node);
    return { start: (sink) => registry.subscribe({ key: keyOf(request, admitted), source, cursor, givesCursors }, sink) };
  };
  return (request) => subscribe(request).catch((error: unknown) => ({ errors: [toGraphQLError(error)] }));
};
