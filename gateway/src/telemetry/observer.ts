import type { Logger, Span, Telemetry } from '@buffrsign/kernel/gateway';
import type { Figures } from './figures.ts';
import { beginObservation, type Observation, type OperationOutcome } from './observation.ts';
import { createOperationLog } from './operation-log.ts';

/** How an operation came out. Errors are those that leave, with their codes. */
export interface Ending {
  /** Over HTTP. */
  readonly status?: number;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[] | undefined;
  readonly data?: unknown;
}

/** Sees operations and fetches: tells the log, and figures and traces where they are asked for. */
export interface Observer {
  /** An operation arrived; `traceparent` is what its client says of its own trace. */
  begin(requestId: string, traceparent?: string | undefined): Observation;
  /** It is over. */
  end(observation: Observation, ending: Ending): void;
  /** It is looked up and planned. */
  planning(observation: Observation | undefined): Span | undefined;
  /** It was estimated to cost so much. */
  priced(cost: { readonly estimated: number }): void;
  /** A subgraph is asked on its behalf. */
  fetching(observation: Observation | undefined, subgraph: string, kind: string, operationName: string | undefined): Span | undefined;
  /** The subgraph answered, or did not: then without `result`. */
  fetched(span: Span | undefined, subgraph: string, began: number, result: Ending | undefined): void;
}

const codeOf = ({ extensions }: NonNullable<Ending['errors']>[number]): string => {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : 'INTERNAL';
};

const outcomeOf = ({ errors, data }: Ending): OperationOutcome => {
  if (!errors || errors.length === 0) return 'ok';
  if (data === undefined) return 'refused';
  return data === null ? 'failed' : 'partial';
};

export const createObserver = (options: { log: Logger; tracer?: Telemetry['tracer']; figures?: Figures | undefined }): Observer => {
  const { tracer, figures } = options;
  const tell = createOperationLog(options.log);
  return {
    begin: (requestId, traceparent) => beginObservation(requestId, tracer?.start('graphql', 'server', traceparent)),
    end(observation, ending) {
      const { kind, name, span } = observation;
      const ms = performance.now() - observation.began;
      const outcome = outcomeOf(ending);
      const codes = ending.errors ? [...new Set(ending.errors.map(codeOf))] : [];
      tell(observation, { outcome, status: ending.status, codes, ms });
      figures?.operated(kind ?? 'unknown', outcome, ms / 1_000);
      for (const code of codes) figures?.refused(code);
      if (!span) return;
      span.describe({ ...(kind && { 'graphql.operation.type': kind }), ...(name !== undefined && { 'graphql.operation.name': name }), ...(ending.status !== undefined && { 'http.response.status_code': ending.status }), 'graphql.outcome': outcome }, kind);
      span.end(outcome === 'ok' || outcome === 'refused' ? undefined : codes.join(' '));
    },
    planning: (observation) => observation?.span && tracer?.start('plan', 'internal', observation.span.traceparent),
    priced: ({ estimated }) => figures?.priced(estimated),
    fetching(observation, subgraph, kind, operationName) {
      if (!observation) return undefined;
      observation.fetches += 1;
      return observation.span && tracer?.start(`fetch ${subgraph}`, 'client', observation.span.traceparent, { 'graphql.operation.type': kind, 'buffrsign.subgraph': subgraph, ...(operationName !== undefined && { 'graphql.operation.name': operationName }) });
    },
    fetched(span, subgraph, began, result) {
      const outcome = result ? (result.errors ? 'errors' : 'ok') : 'failed';
      figures?.fetched(subgraph, outcome, (performance.now() - began) / 1_000);
      span?.end(outcome === 'ok' ? undefined : outcome);
    },
  };
};

/** Sees nothing: for gateways that are put together in parts. */
export const blindObserver: Observer = { begin: (requestId) => beginObservation(requestId, undefined), end: () => undefined, planning: () => undefined, priced: () => undefined, fetching: () => undefined, fetched: () => undefined };
