import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createLogger } from '@buffrsign/kernel/gateway';
import { parse, type DocumentNode } from 'graphql';
import { Writable } from 'node:stream';
import { startGateway, type GatewayOptions, type RunningGateway } from '../../src/index.ts';
import { startIssuer } from './issuer.ts';
import { SECRET, serveSubgraph, type ToySubgraph } from './subgraph.ts';
import { createTicker, type Ticker } from './toys.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])';

/** `first` and `second` say which subgraph answered them: never two in one answer. */
const things = (more = ''): DocumentNode =>
  parse(`${link}
    type Thing @key(fields: "id") { id: ID! first: String! second: String! ${more} }
    type Query { things: [Thing!]! slow: String }
    type Mutation { act(id: ID!): ID! }
    type Subscription { counted: Count }
    type Count { value: Int! thing: Thing }
  `);

const extras = parse(`${link}
  type Thing @key(fields: "id") { id: ID! first: String! @override(from: "things") second: String! @override(from: "things") extra: Int }
`);

type Resolvers = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number] extends infer Module ? (Module extends { resolvers?: infer R } ? NonNullable<R> : never) : never;

const thing = (by: string) => ({ first: by, second: by, added: 1, extra: 2 });

/** A platform that two supergraphs are made of: one has `added` on a thing, the other a subgraph that answers in the place of the first. */
export interface Versions {
  readonly gateway: RunningGateway;
  readonly things: ToySubgraph;
  readonly extras: ToySubgraph;
  readonly ticker: Ticker;
  readonly log: string[];
  /** How often each act was carried out. */
  readonly acts: Map<string, number>;
  readonly withField: string;
  readonly withSubgraph: string;
  /** Those who wait for `slow`. */
  readonly waiting: ReadonlySet<unknown>;
  /** Lets `slow` answer. */
  answerSlow(): void;
  stop(): Promise<void>;
}

export const composeVersion = (subgraphs: readonly { name: string; url: string; typeDefs: DocumentNode }[]): string => {
  const { supergraphSdl, errors } = composeServices([...subgraphs]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
};

/** The subgraphs, and the supergraphs that are made of them. */
export const startToys = async () => {
  const ticker = createTicker();
  const acts = new Map<string, number>();
  const waiting = new Set<() => void>();
  const resolvers = {
    Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, ...thing('things') }) },
    Query: { things: () => [{ id: 't1', ...thing('things') }], slow: () => new Promise<string>((resolve) => waiting.add(() => resolve('at last'))) },
    Mutation: { act: (_: unknown, { id }: { id: string }) => (acts.set(id, (acts.get(id) ?? 0) + 1), id) },
    Subscription: { counted: { subscribe: () => ticker.listen(), resolve: (value: number) => ({ value, thing: { id: 't1', ...thing('things') } }) } },
  };
  const ofThings = await serveSubgraph(buildSubgraphSchema([{ typeDefs: things('added: Int'), resolvers: resolvers as unknown as Resolvers }]));
  const ofExtras = await serveSubgraph(buildSubgraphSchema([{ typeDefs: extras, resolvers: { Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, ...thing('extras') }) } } as unknown as Resolvers }]));
  return {
    ticker,
    acts,
    waiting,
    things: ofThings,
    extras: ofExtras,
    withField: composeVersion([{ name: 'things', url: ofThings.url, typeDefs: things('added: Int') }]),
    withSubgraph: composeVersion([
      { name: 'things', url: ofThings.url, typeDefs: things() },
      { name: 'extras', url: ofExtras.url, typeDefs: extras },
    ]),
    answerSlow: () => {
      for (const answer of waiting) answer();
      waiting.clear();
    },
    stop: async () => void (await Promise.all([ofThings.stop(), ofExtras.stop()])),
  };
};

export const startVersions = async (more: Partial<GatewayOptions> = {}): Promise<Versions> => {
  const toys = await startToys();
  const issuer = await startIssuer();
  const log: string[] = [];
  const destination = new Writable({ write: (line, _encoding, done) => (log.push(String(line)), done()) });
  const gateway = await startGateway({ supergraphSdl: toys.withField, issuers: [issuer.trusted], actorTokenSecret: SECRET, port: 0, log: createLogger('gateway', 'debug', destination), ...more });
  return {
    ...toys,
    gateway,
    log,
    stop: async () => {
      toys.answerSlow();
      await gateway.stop();
      await Promise.all([toys.stop(), issuer.stop()]);
    },
  };
};

export const ask = async (url: string, query: string, variables?: Record<string, unknown>): Promise<{ data?: any; errors?: any[] }> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as { data?: any; errors?: any[] };
};
