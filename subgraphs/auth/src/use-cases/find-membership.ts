import type { Tx } from '../context.ts';

export interface NoActiveMembership {
  readonly __typename: 'NoActiveMembershipError';
  readonly message: string;
}

export const noActiveMembership: NoActiveMembership = {
  __typename: 'NoActiveMembershipError',
  message: 'You are not an active member there. If you were suspended or removed, ask the organization.',
};

/** Where somebody is active: in the organization that is asked for, otherwise in the one that they joined first. */
export const findActiveMembership = (tx: Tx, userId: string, organizationId?: string | null | undefined) =>
  tx.db.membership.findFirst({ where: { userId, status: 'ACTIVE', ...(organizationId && { organizationId }) }, orderBy: { id: 'asc' }, include: { organization: true } });
