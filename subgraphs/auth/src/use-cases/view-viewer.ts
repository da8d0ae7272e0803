import { Problem, requireUser } from '@buffrsign/kernel';
import type { Membership, Organization, User } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import type { RoleView } from '../domain/roles.ts';

/** `Viewer` of the schema, as far as it is read at once. */
export interface ViewerMapper {
  readonly user: User;
  readonly organization: Organization;
  readonly membership: Membership;
  readonly role: RoleView;
}

/** Who the token speaks for. @throws Problem FORBIDDEN when they are no longer active there. */
export const viewViewer = async (ctx: Context): Promise<ViewerMapper> => {
  const { id, organizationId } = requireUser(ctx.actor);
  const [user, organization, membership] = await Promise.all([ctx.load.user.load(id), ctx.load.organization.load(organizationId), ctx.load.membershipOfUser.load(id)]);
  const role = membership && (await ctx.load.role.load(membership.role));
  if (!user || !organization || !membership || !role) throw new Problem('FORBIDDEN', { message: 'You are not an active member of this organization. Sign in again.' });
  return { user, organization, membership, role };
};

/** Where the viewer is active, the organization joined first coming first. */
export const listOwnMemberships = (ctx: Context, { user }: ViewerMapper): Promise<readonly Membership[]> =>
  ctx.db.membership.findMany({ where: { userId: user.id, status: 'ACTIVE' }, orderBy: { id: 'asc' }, take: 100 });
