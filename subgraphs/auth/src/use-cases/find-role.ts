import type { Tx } from '../context.ts';
import { builtInView, customView, isBuiltIn, type RoleView } from '../domain/roles.ts';

export interface RoleNotFound {
  readonly __typename: 'RoleNotFoundError';
  readonly message: string;
}

export const roleNotFound: RoleNotFound = { __typename: 'RoleNotFoundError', message: 'The organization has no such role. Take one of its roles.' };

/** A role of an organization; null when it has none of this id. */
export const findRole = async (tx: Tx, organizationId: string, id: string): Promise<RoleView | null> => {
  if (isBuiltIn(id)) return builtInView(id);
  const row = await tx.db.customRole.findFirst({ where: { id, organizationId } });
  return row && customView(row);
};

/** The role that a member has. @throws Error when it is gone, which deleting a role prevents for members. */
export const requireRole = async (tx: Tx, organizationId: string, id: string): Promise<RoleView> => {
  const role = await findRole(tx, organizationId, id);
  if (!role) throw new Error(`Role ${id} of a member of ${organizationId} does not exist.`);
  return role;
};
