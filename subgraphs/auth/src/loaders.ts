import { byId, byKey, requireUser, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { builtInView, customView, isBuiltIn } from './domain/roles.ts';
import { own, visible, visibleMemberships, visibleOrganizations, visibleRoles, visibleUsers } from './policies.ts';

type Source = LoaderSource<Database>;

export const user = ({ db, actor }: Source) => byId((ids) => db.user.findMany({ where: { id: { in: [...ids] }, ...visibleUsers(actor) } }));

export const organization = ({ db, actor }: Source) => byId((ids) => db.organization.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleOrganizations(actor)] } }));

export const membership = ({ db, actor }: Source) => byId((ids) => db.membership.findMany({ where: { id: { in: [...ids] }, ...visibleMemberships(actor) } }));

/** Places in the organization of the token, by user. */
export const membershipOfUser = ({ db, actor }: Source) =>
  byKey((userIds) => db.membership.findMany({ where: { userId: { in: [...userIds] }, ...visible(actor) } }), ({ userId }) => userId);

export const role = ({ db, actor }: Source) =>
  byId(async (ids) => {
    requireUser(actor);
    const custom = ids.filter((id) => !isBuiltIn(id));
    const rows = custom.length === 0 ? [] : await db.customRole.findMany({ where: { id: { in: custom }, ...visibleRoles(actor) } });
    return [...ids.filter(isBuiltIn).map(builtInView), ...rows.map(customView)];
  });

export const invitation = ({ db, actor }: Source) => byId((ids) => db.invitation.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const session = ({ db, actor }: Source) => byId((ids) => db.session.findMany({ where: { id: { in: [...ids] }, ...own(actor) } }));
