import type { HandlerWork, SubgraphContext, Tools as KernelTools, Transaction } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type * as loaders from './loaders.ts';
import type { Services } from './services.ts';

export type Context = SubgraphContext<Database, typeof loaders, Services>;
export type Work = HandlerWork<Database, Services>;
export type Tools = KernelTools<Database, Services>;
export type Tx = Transaction<Database>;
