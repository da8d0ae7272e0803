import type { ServiceDirectory, ServiceSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';

/** What this subgraph works with beside its database. */
export interface Services {
  readonly directory: ServiceDirectory;
}

export const createServices = ({ directory }: Pick<ServiceSource<Database, unknown>, 'directory'>): Services => ({ directory });
