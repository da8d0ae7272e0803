import { createLogger, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import { Writable } from 'node:stream';
import { startGateway, type GatewayOptions, type RunningGateway } from '../../src/index.ts';
import { startIssuer, type TestIssuer } from './issuer.ts';
import { embedSubgraph, SECRET, serveSubgraph, type ToySubgraph } from './subgraph.ts';
import { compose, createToys, type Ticker } from './toys.ts';

export type Mode = 'in process' | 'over HTTP';
export const modes: readonly Mode[] = ['in process', 'over HTTP'];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { data?: Record<string, any> | null; errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, any> }[] };
}

export interface Platform {
  readonly gateway: RunningGateway;
  readonly issuer: TestIssuer;
  readonly users: ToySubgraph;
  readonly things: ToySubgraph;
  readonly ticker: Ticker;
  /** What the gateway wrote to its log. */
  readonly log: string[];
  /** Everything that was sent to subgraphs, as one text. */
  sent(): string;
  forget(): void;
  ask(query: string, options?: { token?: string | undefined; variables?: Record<string, unknown>; headers?: Record<string, string> }): Promise<Answer>;
  stop(): Promise<void>;
}

const ask = async (url: string, query: string, { token, variables, headers }: { token?: string | undefined; variables?: Record<string, unknown>; headers?: Record<string, string> } = {}): Promise<Answer> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers }, body: JSON.stringify({ query, variables }) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
};

export const startPlatform = async (mode: Mode, more: Partial<GatewayOptions> = {}): Promise<Platform> => {
  const toys = createToys();
  const issuer = await startIssuer();
  const open = mode === 'in process' ? embedSubgraph : serveSubgraph;
  const users = await open(toys.schemas.users);
  const things = await open(toys.schemas.things);
  const log: string[] = [];
  const destination = new Writable({ write: (line, _encoding, done) => (log.push(String(line)), done()) });
  const transports = Object.fromEntries(Object.entries({ users, things }).flatMap(([name, { transport }]): [string, SubgraphTransport][] => (transport ? [[name, transport]] : [])));
  const gateway = await startGateway({
    supergraphSdl: compose({ users: users.url, things: things.url }),
    transports,
    issuers: [issuer.trusted],
    actorTokenSecret: SECRET,
    port: 0,
    log: createLogger('gateway', 'debug', destination),
    ...more,
  });
  return {
    gateway,
    issuer,
    users,
    things,
    ticker: toys.ticker,
    log,
    sent: () => [...users.seen, ...things.seen].map(({ query }) => query).join('\n'),
    forget: () => ((users.seen.length = 0), (things.seen.length = 0)),
    ask: (query, options) => ask(gateway.url, query, options),
    stop: async () => {
      await gateway.stop();
      await Promise.all([users.stop(), things.stop(), issuer.stop()]);
    },
  };
};
