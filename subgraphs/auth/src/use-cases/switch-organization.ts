import { requireUser } from '@buffrsign/kernel';
import type { Acting } from '../context.ts';
import { refuseRefresh, type RefreshRefusal } from '../domain/refresh.ts';
import { issueTokens, type Tokens } from './begin-session.ts';
import { exchange, present } from './exchange-token.ts';
import { findActiveMembership, noActiveMembership, type NoActiveMembership } from './find-membership.ts';

export type SwitchOrganizationOutcome =
  | { readonly __typename: 'SwitchOrganizationSuccess'; readonly tokens: Tokens; readonly organization: { readonly id: string; readonly name: string; readonly roleId: string } }
  | NoActiveMembership
  | RefreshRefusal;

export const switchOrganization = async (ctx: Acting, input: { readonly organizationId: string; readonly refreshToken: string }): Promise<SwitchOrganizationOutcome> => {
  const { id: userId } = requireUser(ctx.actor);
  const switched = await ctx.transaction(async (tx) => {
    const presented = await present(tx, input.refreshToken);
    if ('refusal' in presented) return presented.refusal;
    if (presented.session.userId !== userId) return refuseRefresh('ENDED');
    const membership = await findActiveMembership(tx, userId, input.organizationId);
    // Refused before the exchange: the session goes on where it is, with the same refresh token.
    if (!membership) return noActiveMembership;
    return { grant: await exchange(tx, presented, membership), organization: { id: membership.organizationId, name: membership.organization.name, roleId: membership.role } };
  });
  if ('__typename' in switched) return switched;
  return { __typename: 'SwitchOrganizationSuccess', tokens: await issueTokens(ctx, switched.grant), organization: switched.organization };
};
