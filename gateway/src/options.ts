import type { Clock, Logger, Route, SubgraphTransport, Telemetry, TrustedIssuer } from '@buffrsign/kernel/gateway';
import type { EvaluatePolicies } from './authorize/policies.ts';
import type { CostSettings, ObserveCost } from './cost/settings.ts';
import type { AllowedOrigins } from './http/cors.ts';
import type { PassThrough, PassThroughOptions } from './http/pass-through.ts';
import type { Introspection } from './introspection.ts';
import type { Limits } from './limits/limits.ts';
import type { StreamSettings } from './subscriptions/settings.ts';

export interface GatewayOptions {
  /** What composition wrote, unstripped. */
  readonly supergraphSdl: string;
  /** Ways to subgraphs by name, such as to those in the same process. All others are called over HTTP. */
  readonly transports?: Readonly<Record<string, SubgraphTransport>>;
  /** Addresses of subgraphs by name, in place of those in the supergraph. */
  readonly subgraphUrls?: Readonly<Record<string, string>>;
  /** Whose access tokens are believed. */
  readonly issuers: readonly TrustedIssuer[];
  /** Shared with the subgraphs; at least 32 characters. */
  readonly actorTokenSecret: string;
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Logger;
  readonly now?: Clock;
  /** Who may ask for the schema; people see the page to try it on unless it is nobody. Default: everybody. */
  readonly introspection?: Introspection;
  /** Pages that may call from a browser. Default: all, without credentials. */
  readonly allowedOrigins?: AllowedOrigins;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. Default: none, a client is who opened the connection. */
  readonly trustedProxies?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** How streams are kept going, where it is otherwise than usual. */
  readonly streams?: Partial<StreamSettings>;
  /** How operations are priced by `@cost` and `@listSize`. Default: they are measured, and none is refused. */
  readonly cost?: Partial<CostSettings>;
  /** Is told what every operation was estimated to cost, such as for a histogram. */
  readonly observeCost?: ObserveCost;
  /** Decides the policies of `@policy`. A supergraph that has some is not served without it. */
  readonly evaluatePolicies?: EvaluatePolicies;
  /** Addresses that other servers answer, such as for files, which no operation carries. */
  readonly passThrough?: readonly PassThrough[];
  /** Bounds of what is passed through, where they are others than the usual ones. */
  readonly passThroughLimits?: Partial<Pick<PassThroughOptions, 'maxBytes' | 'idleMs' | 'answerMs'>>;
  /** Folder of `.graphql` files, one operation each, that the page for people begins with. */
  readonly operationsDirectory?: string | undefined;
  /** Folder of static pages: `name/index.html` is answered at `/name`. */
  readonly pagesDirectory?: string | undefined;
  /** What is shown to those who run it. Default: the log alone. */
  readonly telemetry?: Telemetry;
  /** More addresses to answer beside GraphQL. */
  readonly routes?: readonly Route[];
}
