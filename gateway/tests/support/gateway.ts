import type { SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { EvaluatePolicies } from '../../src/authorize/policies.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { createStreamCounters } from '../../src/subscriptions/counters.ts';
import { defaultStreamSettings } from '../../src/subscriptions/settings.ts';
import type { LiveStream } from '../../src/subscriptions/subscribe.ts';
import type { LoadedSupergraph } from '../../src/supergraph.ts';
import { createEventQueue } from '../../src/transport/event-queue.ts';

/** A gateway without anything around it, which masks nothing. */
export const gatewayOf = (supergraph: LoadedSupergraph, transports: Readonly<Record<string, SubgraphTransport>>, evaluatePolicies?: EvaluatePolicies): Gateway =>
  createGateway({ supergraph, transports, evaluatePolicies, formatError: (formatted) => formatted, operationMs: 60_000, streams: defaultStreamSettings, counters: createStreamCounters() });

/** The events of a stream one by one, as they would be written. */
export const iterate = (stream: LiveStream): AsyncIterableIterator<ExecutionResult, undefined> => {
  const queue = createEventQueue<ExecutionResult>(1_000, { overflow: () => new Error('too many events'), left: () => subscription.leave() });
  const subscription = stream.start({ next: ({ json }) => (queue.push(JSON.parse(json) as ExecutionResult), true), complete: () => queue.end() });
  return queue.events;
};
