import { newId, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Acting } from '../context.ts';
import { refuseBeyond, type BeyondYourPermissions } from '../domain/grants.ts';
import { customView, type RoleView } from '../domain/roles.ts';
import { actingMember } from './acting-member.ts';
import { nameKeyOf, newRoleModel, refuseTakenName, type RoleExists } from './role-input.ts';

/** Custom roles of one organization. */
const MOST_ROLES = 50;

interface TooManyRoles {
  readonly __typename: 'TooManyRolesError';
  readonly message: string;
  readonly limit: number;
}

const tooManyRoles: TooManyRoles = { __typename: 'TooManyRolesError', message: `An organization has at most ${MOST_ROLES} roles of its own. Delete one that nobody needs.`, limit: MOST_ROLES };

export type CreateRoleOutcome = { readonly __typename: 'CreateRoleSuccess'; readonly role: RoleView } | RoleExists | TooManyRoles | BeyondYourPermissions | InvalidInput;

export const createRole = async (ctx: Acting, input: unknown): Promise<CreateRoleOutcome> => {
  const read = readInput(newRoleModel, input);
  if ('refusal' in read) return read.refusal;
  const { name, description, permissions } = read.data;

  return ctx.transaction(async (tx) => {
    const acting = await actingMember(tx, ctx.actor, 'roles:write');
    const { organizationId } = acting.membership;
    const id = newId('rol');
    const refusal = refuseBeyond(acting.role, [{ id, permissions }]) ?? (await refuseTakenName(tx, organizationId, name));
    if (refusal) return refusal;
    if ((await tx.db.customRole.count({ where: { organizationId } })) >= MOST_ROLES) return tooManyRoles;
    const row = await tx.db.customRole.create({
      data: { id, organizationId, name, nameKey: nameKeyOf(name), description: description || null, permissions, createdAt: tx.now, updatedAt: tx.now },
    });
    return { __typename: 'CreateRoleSuccess', role: customView(row) };
  });
};
