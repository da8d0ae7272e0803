import type { HandlerWork, SubgraphContext } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type * as loaders from './loaders.ts';
import type { Services } from './services.ts';

export type Context = SubgraphContext<Database, typeof loaders, Services>;
export type Work = HandlerWork<Database, Services>;
