import { z } from 'zod';
import type { Tx } from '../context.ts';
import { inOrder, isPermission } from '../domain/permissions.ts';
import { builtInViews, customView, type RoleView } from '../domain/roles.ts';

const name = z.string().trim().min(1, 'Give the role a name.').max(60, 'A name has at most 60 characters.');
const description = z.string().trim().max(500, 'A description has at most 500 characters.');
const permissions = z
  .array(z.string().refine(isPermission, 'There is no such permission. Take names from `permissions`.'))
  .min(1, 'Give the role at least one permission.')
  .transform((some) => [...inOrder(some)]);

export const newRoleModel = z.object({ name, description: description.nullish(), permissions });
export const roleChangesModel = z.object({ name: name.nullish(), description: description.nullish(), permissions: permissions.nullish() });

/** Roles that differ only in case would be taken for one another. */
export const nameKeyOf = (roleName: string): string => roleName.toLowerCase();

export interface RoleExists {
  readonly __typename: 'RoleExistsError';
  readonly message: string;
  readonly role: RoleView;
}

/** Refuses a name that another role of the organization has. The organization is locked. */
export const refuseTakenName = async (tx: Tx, organizationId: string, roleName: string, except?: string): Promise<RoleExists | null> => {
  const nameKey = nameKeyOf(roleName);
  const builtIn = builtInViews.find((role) => nameKeyOf(role.name) === nameKey);
  const row = builtIn ? null : await tx.db.customRole.findFirst({ where: { organizationId, nameKey, ...(except && { id: { not: except } }) } });
  const role = builtIn ?? (row && customView(row));
  return role && { __typename: 'RoleExistsError', message: `There is a role with the name ${role.name} already. Take another name.`, role };
};
