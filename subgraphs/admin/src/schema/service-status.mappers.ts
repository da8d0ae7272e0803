export type { ServiceStatus as ServiceStatusMapper } from '@buffrsign/kernel';
