import type { DocumentNode } from 'graphql';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { z } from 'zod';
import type { PrismaLike } from '../data/sql.ts';
import type { ServiceDirectory } from '../health/directory.ts';
import type { EventDefinition } from '../messaging/define-event.ts';
import type { Handler } from '../messaging/inbox.ts';
import type { Route } from '../http/serve.ts';
import type { KernelEnv } from '../runtime/env.ts';
import type { Part } from '../runtime/lifecycle.ts';
import type { Task } from '../tasks/define-task.ts';
import type { Cron } from '../tasks/worker.ts';
import type { HandlerWork, LoaderFactories, Tools } from './context.ts';

/** What a subgraph's own services are made from. */
export interface ServiceSource<Database, Env> {
  readonly db: Database;
  /** The subgraph's own settings. */
  readonly env: Env;
  /** The settings that every subgraph has. */
  readonly kernel: KernelEnv;
  readonly tools: Omit<Tools<Database, unknown>, 'services'>;
  /** How the parts of the platform are. */
  readonly directory: ServiceDirectory;
}

/** Everything that makes one subgraph. A description: nothing happens until it is started. */
export interface SubgraphDefinition<Database extends PrismaLike = PrismaLike, Factories extends LoaderFactories<Database> = LoaderFactories<Database>, Services = unknown, Env extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly port: number;
  readonly typeDefs: DocumentNode;
  readonly resolvers: object;
  readonly database: (adapter: SqlDriverAdapterFactory) => Database;
  readonly loaders: Factories;
  /** The facts that this subgraph says. */
  readonly publishes?: readonly EventDefinition[];
  /** What it does about facts that it hears. */
  readonly handlers?: readonly Handler<HandlerWork<Database, Services>>[];
  /** Its jobs. */
  readonly tasks?: readonly Task<Tools<Database, Services>>[];
  readonly crons?: readonly Cron[];
  /** Its own settings, beside those that all have. */
  readonly env?: Env;
  /** What it works with beside its database: a mailer, a file store, a token issuer. Parts are started and stopped with it. */
  readonly services?: (source: ServiceSource<Database, z.output<Env>>) => Services | Promise<Services>;
  readonly parts?: (services: Services) => readonly Part[];
  /** What it answers over HTTP beside GraphQL. */
  readonly routes?: (tools: Tools<Database, Services>) => readonly Route[];
}

/** A definition whose own types no longer matter to whoever starts it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list of subgraphs holds definitions over different databases
export type AnySubgraph = SubgraphDefinition<any, any, any, any>;

export const defineSubgraph = <Database extends PrismaLike, Factories extends LoaderFactories<Database>, Services = undefined, Env extends z.ZodType = z.ZodUndefined>(
  definition: SubgraphDefinition<Database, Factories, Services, Env>,
): SubgraphDefinition<Database, Factories, Services, Env> => definition;

