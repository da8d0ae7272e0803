import type { ApolloServerPlugin } from '@apollo/server';
import type { IncomingMessage } from 'node:http';
import { newId } from '../data/ids.ts';
import type { Route } from '../http/serve.ts';
import { currentScope, within } from '../telemetry/scope.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** One header of a request. */
export const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Says of an operation what only shows once it was read. */
const createPlugin = (subgraph: string, { metrics }: Partial<Telemetry>): ApolloServerPlugin => ({
  async requestDidStart() {
    const began = performance.now();
    return {
      async willSendResponse({ operation, operationName, response: { body } }) {
        const kind = operation?.operation ?? 'unknown';
        const outcome = body.kind === 'single' && body.singleResult.errors ? 'errors' : 'ok';
        metrics?.operated(subgraph, kind, outcome, (performance.now() - began) / 1_000);
        currentScope().span?.describe({ 'graphql.operation.type': kind, ...(operationName && { 'graphql.operation.name': operationName }), 'graphql.outcome': outcome }, kind);
      },
    };
  },
});

/** Lets requests to a subgraph over HTTP be seen: in the log by their ids, in figures and traces where they are asked for. */
export const observeRequests = (subgraph: string, telemetry: Partial<Telemetry> = {}) => {
  const { metrics, tracer } = telemetry;
  const observe =
    (handle: Route['handle']): Route['handle'] =>
    async (request, response, params) => {
      const requestId = headerOf(request, 'x-request-id') ?? newId('req');
      const span = tracer?.start('graphql', 'server', headerOf(request, 'traceparent'), { 'buffrsign.subgraph': subgraph });
      try {
        await within({ requestId, span }, () => (span && tracer ? tracer.within(span, handle, request, response, params) : handle(request, response, params)));
      } finally {
        span?.end(response.statusCode >= 500 ? String(response.statusCode) : undefined);
      }
    };
  /** A request beside GraphQL: seen in the log only. */
  const inScope =
    (handle: Route['handle']): Route['handle'] =>
    (request, response, params) =>
      within({ requestId: headerOf(request, 'x-request-id') ?? newId('req') }, handle, request, response, params);

  return { observe, inScope, plugins: metrics || tracer ? [createPlugin(subgraph, telemetry)] : [] };
};
