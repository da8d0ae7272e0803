import { allPermissions, inOrder, isPermission, type Permission } from './permissions.ts';

/** A role as people see it, whoever made it. */
export interface RoleView {
  /** A built-in role by name, or `rol_…`. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly permissions: readonly Permission[];
  readonly isBuiltIn: boolean;
}

const everyday: readonly Permission[] = [
  'documents:read', 'documents:write', 'envelopes:read', 'envelopes:write', 'notifications:read', 'notifications:write',
  'contacts:read', 'contacts:write', 'analyses:read', 'analyses:write', 'tickets:read', 'tickets:write', 'workflows:read',
  'dashboards:read', 'email-templates:read', 'verifications:read', 'schema:read', 'members:read', 'roles:read', 'organization:read',
];

const leading: readonly Permission[] = [
  ...everyday,
  'emails:read', 'email-templates:write', 'audit:read', 'workflows:write', 'metrics:read', 'dashboards:write', 'compliance:read',
  'compliance:write', 'integrations:read', 'verifications:write', 'verifications:review', 'api-clients:read', 'configuration:read',
];

/** The roles that every organization has, from the most to the least powerful, and what each may do. */
export const builtInRoles = {
  OWNER: { name: 'Owner', description: 'May do everything, and alone makes and unmakes owners.', permissions: allPermissions },
  ADMIN: { name: 'Admin', description: 'Runs the organization for its owners.', permissions: allPermissions.filter((permission) => permission !== 'organization:write') },
  MANAGER: { name: 'Manager', description: 'Works with documents and leads the work of others.', permissions: inOrder(leading) },
  MEMBER: { name: 'Member', description: 'Works with documents.', permissions: inOrder(everyday) },
} as const satisfies Record<string, Omit<RoleView, 'id' | 'isBuiltIn'>>;

export type BuiltInRole = keyof typeof builtInRoles;

export const OWNER = 'OWNER' satisfies BuiltInRole;

export const isBuiltIn = (id: string): id is BuiltInRole => Object.hasOwn(builtInRoles, id);

export const builtInView = (id: BuiltInRole): RoleView => ({ id, ...builtInRoles[id], isBuiltIn: true });

export const builtInViews: readonly RoleView[] = (Object.keys(builtInRoles) as BuiltInRole[]).map(builtInView);

/** A role that an organization made, as it lies in the database. */
export interface CustomRoleRow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly permissions: readonly string[];
}

/** A permission that is no more grants nothing. */
export const customView = ({ id, name, description, permissions }: CustomRoleRow): RoleView => ({ id, name, description, permissions: inOrder(permissions.filter(isPermission)), isBuiltIn: false });
