import type { Actor, HandlerWork, SubgraphContext, Tools as KernelTools, Transaction } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type * as loaders from './loaders.ts';
import type { Services } from './services.ts';

export type Context = SubgraphContext<Database, typeof loaders, Services>;
export type Work = HandlerWork<Database, Services>;
export type Tools = KernelTools<Database, Services>;
export type Tx = Transaction<Database>;

/** What an act needs: the tools, and who acts. */
export interface Acting extends Tools {
  readonly actor: Actor;
}
