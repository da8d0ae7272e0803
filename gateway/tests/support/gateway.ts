import type { SubgraphTransport } from '@buffrsign/kernel/gateway';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { loadSupergraph } from '../../src/supergraph.ts';
import { createStreamCounters } from '../../src/subscriptions/counters.ts';
import { defaultStreamSettings } from '../../src/subscriptions/settings.ts';

/** A gateway without anything around it. */
export const gatewayOf = (supergraphSdl: string, transports: Readonly<Record<string, SubgraphTransport>>): Gateway =>
  createGateway({ supergraph: loadSupergraph(supergraphSdl), transports, formatError: (formatted) => formatted, operationMs: 60_000, streams: defaultStreamSettings, counters: createStreamCounters() });
