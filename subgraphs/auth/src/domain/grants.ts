import type { Permission } from './permissions.ts';
import { OWNER, type RoleView } from './roles.ts';

export interface BeyondYourPermissions {
  readonly __typename: 'BeyondYourPermissionsError';
  readonly message: string;
  readonly missing: readonly Permission[];
}

/**
 * Refuses to give, change or take away what the acting member does not hold. Without this, whoever may give roles could
 * give themself every right through a second account.
 */
export const refuseBeyond = (acting: RoleView, roles: readonly Pick<RoleView, 'id' | 'permissions'>[]): BeyondYourPermissions | null => {
  const held = new Set(acting.permissions);
  const missing = [...new Set(roles.flatMap(({ permissions }) => permissions))].filter((permission) => !held.has(permission));
  const ownersOnly = acting.id !== OWNER && roles.some(({ id }) => id === OWNER);
  if (missing.length === 0 && !ownersOnly) return null;
  const message = ownersOnly ? 'Only an owner can do this. Ask an owner of the organization.' : `This takes rights that you do not hold: ${missing.join(', ')}. Ask somebody who holds them.`;
  return { __typename: 'BeyondYourPermissionsError', message, missing };
};

export interface LastOwner {
  readonly __typename: 'LastOwnerError';
  readonly message: string;
}

/** Refuses to leave an organization without an active owner. `activeOwners` counts the target, when they are one. */
export const refuseLastOwner = (target: { readonly role: string; readonly status: string }, activeOwners: number): LastOwner | null => {
  if (target.role !== OWNER || target.status !== 'ACTIVE' || activeOwners > 1) return null;
  return { __typename: 'LastOwnerError', message: 'This is the last owner of the organization. Make another member an owner first.' };
};
