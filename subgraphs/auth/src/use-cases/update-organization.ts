import { readInput, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Organization } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { organizationName } from '../domain/people.ts';
import { organizationChanged } from '../events.ts';
import { actingMember } from './acting-member.ts';

export type UpdateOrganizationOutcome = { readonly __typename: 'UpdateOrganizationSuccess'; readonly organization: Organization } | InvalidInput;

const model = z.object({ name: organizationName.nullish() });

export const updateOrganization = async (ctx: Acting, input: unknown): Promise<UpdateOrganizationOutcome> => {
  const read = readInput(model, input);
  if ('refusal' in read) return read.refusal;
  const { name } = read.data;

  return ctx.transaction(async (tx) => {
    const { membership } = await actingMember(tx, ctx.actor, 'organization:write');
    const { organizationId } = membership;
    const present = await tx.db.organization.findUniqueOrThrow({ where: { id: organizationId } });
    if (!name || name === present.name) return { __typename: 'UpdateOrganizationSuccess', organization: present };
    const organization = await tx.db.organization.update({ where: { id: organizationId }, data: { name, updatedAt: tx.now } });
    await tx.publish(organizationChanged, { subject: organizationId, organizationId }, { organizationId, name });
    return { __typename: 'UpdateOrganizationSuccess', organization };
  });
};
