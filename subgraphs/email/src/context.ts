import type { HandlerWork, InTransaction, SubgraphContext, Tools as KernelTools, Transaction as KernelTransaction } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type * as loaders from './loaders.ts';
import type { Services } from './services.ts';

export type Context = SubgraphContext<Database, typeof loaders, Services>;
export type Work = HandlerWork<Database, Services>;
export type Tools = KernelTools<Database, Services>;
export type Transaction = KernelTransaction<Database>;
/** The database, inside a transaction or not. */
export type Rows = InTransaction<Database>;
