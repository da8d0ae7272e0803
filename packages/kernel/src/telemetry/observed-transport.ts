import type { ExecutionResult } from 'graphql';
import type { SubgraphRequest, SubgraphTransport } from '../gateway/transport.ts';
import { createStream, type Stream } from '../runtime/stream.ts';
import type { Outcome } from './metrics.ts';
import { within, type Scope } from './scope.ts';
import type { Telemetry } from './telemetry.ts';
import type { Span } from './tracer.ts';

const isStream = (opened: AsyncIterable<ExecutionResult> | ExecutionResult): opened is AsyncIterable<ExecutionResult> => Symbol.asyncIterator in opened;

const kindOf = ({ isMutation }: SubgraphRequest): string => (isMutation === true ? 'mutation' : 'query');

const scopeOf = ({ requestId }: SubgraphRequest, span?: Span): Scope => ({ requestId, span });

/** A stream whose every step is done for the request that opened it. `left` is called once, when it is over. */
const stepsWithin = (scope: Scope, opened: AsyncIterable<ExecutionResult>, left: () => void): Stream<ExecutionResult> => {
  const source: AsyncIterator<ExecutionResult, undefined> = opened[Symbol.asyncIterator]();
  return createStream({
    next: () => within(scope, () => source.next()),
    async end() {
      left();
      await source.return?.();
    },
  });
};

/** A way to a subgraph whose work is seen: in the log by its request, in figures and in traces where they are asked for. */
export const observeTransport = (subgraph: string, transport: SubgraphTransport, { metrics, tracer }: Partial<Telemetry> = {}): SubgraphTransport => {
  const begin = ({ traceparent, operationName }: SubgraphRequest, kind: string): Span | undefined =>
    tracer?.start(kind, 'server', traceparent, { 'graphql.operation.type': kind, 'buffrsign.subgraph': subgraph, ...(operationName && { 'graphql.operation.name': operationName }) });

  const work = (request: SubgraphRequest, span: Span | undefined): Promise<ExecutionResult> => (span && tracer ? tracer.within(span, transport.execute, request) : transport.execute(request));

  const observe = async (request: SubgraphRequest): Promise<ExecutionResult> => {
    const began = performance.now();
    const kind = kindOf(request);
    const span = begin(request, kind);
    let outcome: Outcome = 'failed';
    try {
      const result = await within(scopeOf(request, span), work, request, span);
      outcome = result.errors ? 'errors' : 'ok';
      return result;
    } finally {
      metrics?.operated(subgraph, kind, outcome, (performance.now() - began) / 1_000);
      span?.end(outcome === 'ok' ? undefined : outcome);
    }
  };

  const isObserved = metrics !== undefined || tracer !== undefined;
  return {
    execute: (request) => (isObserved ? observe(request) : within(scopeOf(request), transport.execute, request)),
    async subscribe(request) {
      // A stream lives for long: its span says how it was opened, and ends then.
      const span = begin(request, 'subscription');
      const scope = scopeOf(request, span);
      const opened = await within(scope, transport.subscribe, request).finally(() => span?.end());
      if (!isStream(opened)) return opened;
      metrics?.subscribed(subgraph, 1);
      return stepsWithin(scope, opened, () => metrics?.subscribed(subgraph, -1));
    },
  };
};
