import type DataLoader from 'dataloader';
import type { Actor } from '../auth/actor.ts';
import type { Client } from '../auth/client.ts';
import type { RunTransaction, Transaction } from '../data/transaction.ts';
import type { EventDefinition } from '../messaging/define-event.ts';
import type { Live } from '../messaging/live.ts';
import type { Logger } from '../runtime/logger.ts';

/** What is at hand everywhere in a subgraph, whoever acts. */
export interface Tools<Database, Services> {
  readonly db: Database;
  readonly services: Services;
  readonly log: Logger;
  now(): Date;
  readonly transaction: RunTransaction<Database>;
}

/** What a handler of a fact gets: the transaction that marks the fact as handled, and the tools. */
export interface HandlerWork<Database, Services> extends Transaction<Database> {
  readonly services: Services;
  readonly log: Logger;
}

/** What a loader is made from: it sees only what its actor may see. */
export interface LoaderSource<Database> {
  readonly db: Database;
  readonly actor: Actor;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one place where loaders of any key and row meet
type AnyLoader = DataLoader<any, any>;
export type LoaderFactories<Database> = Readonly<Record<string, (source: LoaderSource<Database>) => AnyLoader>>;
export type Loaders<Factories> = { readonly [Name in keyof Factories]: Factories[Name] extends (source: never) => infer Loader ? Loader : never };

/** What a resolver gets: one a request, and a fresh one for every event of a subscription. */
export interface SubgraphContext<Database, Factories, Services> extends Tools<Database, Services> {
  readonly actor: Actor;
  /** From where the actor asks. */
  readonly client: Client;
  readonly requestId: string;
  readonly load: Loaders<Factories>;
  /** The cursor with which the client of a subscription came back; it saw everything up to there. */
  readonly cursor: string | undefined;
  /**
   * This subgraph's own facts about one subject, each once and in order, from `cursor` on, or from now on: whoever reads
   * the present state after the promise resolved misses nothing. Values of a subscription pass on the `cursor` of the
   * fact that they are about, and of the stream itself if they are about the present state.
   *
   * @throws Problem CURSOR_INVALID, CURSOR_EXPIRED
   */
  live<Definition extends EventDefinition>(events: Definition | readonly Definition[], subject: string): Promise<Live<Definition>>;
}

/** Loaders, each made when it is first used. */
export const createLoaders = <Database, Factories extends LoaderFactories<Database>>(factories: Factories, source: LoaderSource<Database>): Loaders<Factories> => {
  const made: Record<string, AnyLoader> = {};
  const loaders = {};
  for (const [name, make] of Object.entries(factories)) {
    Object.defineProperty(loaders, name, { enumerable: true, get: () => (made[name] ??= make(source)) });
  }
  return loaders as Loaders<Factories>;
};
