import type { HandlerWork, SubgraphContext, Tools, Transaction } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type * as loaders from './loaders.ts';

export type Context = SubgraphContext<Database, typeof loaders, undefined>;
export type Work = HandlerWork<Database, undefined>;
export type JobTools = Tools<Database, undefined>;
export type Tx = Transaction<Database>;
