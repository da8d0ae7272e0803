import type { ServiceStatusResolvers } from './../__generated__/types.ts';

export const ServiceStatus: ServiceStatusResolvers = {};
