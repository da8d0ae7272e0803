import { found, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Acting } from '../context.ts';
import { refuseBeyond, type BeyondYourPermissions } from '../domain/grants.ts';
import { customView, type RoleView } from '../domain/roles.ts';
import { actingMember } from './acting-member.ts';
import { nameKeyOf, refuseTakenName, roleChangesModel, type RoleExists } from './role-input.ts';

export type UpdateRoleOutcome = { readonly __typename: 'UpdateRoleSuccess'; readonly role: RoleView } | RoleExists | BeyondYourPermissions | InvalidInput;

export const updateRole = async (ctx: Acting, input: { readonly id: string }): Promise<UpdateRoleOutcome> => {
  const read = readInput(roleChangesModel, input);
  if ('refusal' in read) return read.refusal;
  const { name, description, permissions } = read.data;

  return ctx.transaction(async (tx) => {
    const acting = await actingMember(tx, ctx.actor, 'roles:write');
    const { organizationId } = acting.membership;
    const present = found(await tx.db.customRole.findFirst({ where: { id: input.id, organizationId } }));
    const id = present.id;
    // Both as it is and as it shall be: taking rights away from those who hold more is not for those who hold less.
    const refusal = refuseBeyond(acting.role, [customView(present), { id, permissions: permissions ?? [] }]) ?? (name ? await refuseTakenName(tx, organizationId, name, id) : null);
    if (refusal) return refusal;
    const row = await tx.db.customRole.update({
      where: { id },
      data: { ...(name && { name, nameKey: nameKeyOf(name) }), ...(description !== undefined && { description: description || null }), ...(permissions && { permissions }), updatedAt: tx.now },
    });
    return { __typename: 'UpdateRoleSuccess', role: customView(row) };
  });
};
