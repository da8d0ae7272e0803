import type { SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { Source } from './run.ts';

/** Lets plans fetch by a transport, each fetch on behalf of the actor. */
export const createSource =
  (transport: SubgraphTransport): Source =>
  ({ query, operationName, variables }, { actor, requestId, signal }) =>
    transport.execute({ query, variables, actor, requestId, signal, ...(operationName !== undefined && { operationName }) });
