export type { RoleView as RoleMapper } from '../domain/roles.ts';
