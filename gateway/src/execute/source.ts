import type { SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../context.ts';
import type { Observer } from '../telemetry/observer.ts';
import { copyOf, type Data } from './data.ts';
import type { Source } from './run.ts';

/** The reads of one request to one subgraph that are under way, by what they ask. */
type UnderWay = Map<string, { takers: number; readonly result: Promise<ExecutionResult> }>;

const ofItsOwn = (result: ExecutionResult): ExecutionResult => (result.data ? { ...result, data: copyOf(result.data) as Data } : result);

/**
 * Lets plans fetch by a transport, each fetch on behalf of the actor. A plan may come to the same read at several
 * places at once; then it is made once, and each place gets a copy of its own, since answers are changed as they are
 * put together. Never is one shared between requests.
 */
export const createSource = (subgraph: string, transport: SubgraphTransport, observer: Observer): Source => {
  const underWay = new WeakMap<RequestContext, UnderWay>();

  const send: Source = ({ query, operationName, isMutation }, variables, { actor, client, requestId, signal, observation }) => {
    const began = performance.now();
    const span = observer.fetching(observation, subgraph, isMutation ? 'mutation' : 'query', operationName);
    return transport.execute({ query, operationName, variables, isMutation, actor, client, requestId, signal, traceparent: span?.traceparent }).then(
      (result) => {
        observer.fetched(span, subgraph, began, result);
        return result;
      },
      (error: unknown) => {
        observer.fetched(span, subgraph, began, undefined);
        throw error;
      },
    );
  };

  return (request, variables, context) => {
    if (request.likeOthers === undefined) return send(request, variables, context);
    const reads: UnderWay = underWay.get(context) ?? new Map();
    underWay.set(context, reads);
    const key = request.likeOthers + JSON.stringify(variables);
    const read = reads.get(key) ?? { takers: 0, result: send(request, variables, context).finally(() => reads.delete(key)) };
    reads.set(key, read);
    read.takers += 1;
    return read.result.then((result) => (read.takers > 1 ? ofItsOwn(result) : result));
  };
};
