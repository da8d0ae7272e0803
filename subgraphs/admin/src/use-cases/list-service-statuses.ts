import type { ServiceStatus } from '@buffrsign/kernel';
import type { Context } from '../context.ts';

/** How each part of the platform is, by name. */
export const listServiceStatuses = async ({ services }: Context): Promise<ServiceStatus[]> => [...(await services.directory.statuses())].sort((a, b) => (a.name < b.name ? -1 : 1));
