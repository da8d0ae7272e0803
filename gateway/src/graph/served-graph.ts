import { Problem, type ProblemCode, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { setImmediate as turn } from 'node:timers/promises';
import type { AdmittingOptions } from '../admit.ts';
import { createDocumentCache } from '../document-cache.ts';
import { createReadDocument, type ReadDocument } from '../documents.ts';
import type { FormatError } from '../errors.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import type { Introspection } from '../introspection.ts';
import type { Limits } from '../limits/limits.ts';
import type { GrantedTo, Usage } from '../operations.ts';
import type { StreamSettings } from '../subscriptions/settings.ts';
import { isLiveStream } from '../subscriptions/subscribe.ts';
import { whenOver } from '../subscriptions/when-over.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import type { Counts } from '../telemetry/counts.ts';
import { observeGateway } from '../telemetry/observed-gateway.ts';
import type { Observer } from '../telemetry/observer.ts';
import type { Connected } from '../transport/connect.ts';

/** An operation that clients asked for, with the document that holds it. */
export interface UsedOperation extends Usage {
  readonly query: string;
}

/**
 * All that belongs to one supergraph. A request takes it once and goes by it to its end, whatever is served meanwhile,
 * so no answer is made of two supergraphs.
 */
export interface ServedGraph extends Pick<Gateway, 'schema' | 'answer' | 'subscribe'> {
  /** What composition wrote, with its directives. */
  readonly supergraphSchema: GraphQLSchema;
  readonly readDocument: ReadDocument;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  /** What clients asked for, most often first. */
  usage(): readonly UsedOperation[];
  /** Takes over one operation of another graph's, to be planned; nothing when it is not valid here. */
  adopt(used: UsedOperation): { plan(to: GrantedTo): void } | undefined;
  /** Ends every stream with an error of this code, and those that are being opened. */
  endStreams(code: ProblemCode, words: string): void;
  /** After the last request: lets go of the subgraphs. */
  retire(): Promise<void>;
}

/** What the graphs of one gateway have in common. */
export interface ServedGraphOptions extends AdmittingOptions {
  readonly limits: Limits;
  readonly introspection: Introspection;
  readonly observer: Observer;
  readonly counts: Counts;
  readonly formatError: FormatError;
  readonly streams: StreamSettings;
}

/** Counts what is under way. */
const createCount = () => {
  let count = 0;
  let whenNone: (() => void) | undefined;
  return {
    begin(): () => void {
      count += 1;
      return () => {
        count -= 1;
        if (count === 0) whenNone?.();
      };
    },
    none: () => new Promise<void>((resolve) => (count === 0 ? resolve() : (whenNone = resolve))),
  };
};

const createUsage = (documents: () => Iterable<DocumentNode>, { operations }: Gateway) => (): readonly UsedOperation[] =>
  Array.from(documents(), (document) => operations.usageOf(document).map((usage) => ({ ...usage, query: document.loc?.source.body ?? '' })))
    .flat()
    .sort((one, other) => other.times - one.times);

export const createServedGraph = (supergraph: LoadedSupergraph, connected: Connected, options: ServedGraphOptions): ServedGraph => {
  const { transports } = connected;
  const { observer, counts } = options;
  const documents = createDocumentCache();
  const readDocument = createReadDocument({ schema: supergraph.schema, limits: options.limits, introspection: options.introspection, known: documents, found: counts.documents });
  const assembled = createGateway({ observeCost: observer.priced, ...options, supergraph, transports, operationMs: options.limits.operationMs, counters: counts.streams, found: counts.plans });
  const gateway = observeGateway(assembled, observer);
  const underWay = createCount();

  return {
    schema: gateway.schema,
    supergraphSchema: supergraph.supergraphSchema,
    transports,
    readDocument,
    answer(request, which) {
      return gateway.answer(request, which).finally(underWay.begin());
    },
    async subscribe(request) {
      const opened = await gateway.subscribe(request).finally(underWay.begin());
      return isLiveStream(opened) ? whenOver(opened, underWay.begin) : opened;
    },
    usage: createUsage(() => documents.values(), gateway),
    adopt(used) {
      const document = readDocument(used.query);
      if (!('kind' in document)) return undefined;
      // Half of it: what nobody asks for any more is forgotten with time.
      const operation = gateway.operations.adopt(document, { ...used, times: Math.ceil(used.times / 2) });
      return { plan: ({ actor, holding }) => void operation.grantFor(actor, holding) };
    },
    endStreams: (code, words) => gateway.breakOff(new Problem(code, { message: words })),
    async retire() {
      // Who took this graph a moment ago comes with the request in the same turn.
      await turn();
      await underWay.none();
      await connected.release();
    },
  };
};
