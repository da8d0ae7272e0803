import { requireKnown, requireUser, type Actor, type User } from '@buffrsign/kernel';

/** Where somebody is an active member: a token of a member who was suspended opens nothing here, though it has not ended. */
const activeIn = (user: User) => ({ memberships: { some: { userId: user.id, status: 'ACTIVE' } } }) as const;

/** Members see the organizations in which they are active; guests see the one that let them in. */
export const visibleOrganizations = (actor: Actor) => {
  const known = requireKnown(actor);
  return known.kind === 'guest' ? { id: known.organizationId } : activeIn(known);
};

/** Everybody sees themself; members see who is or was in their organization, and so do guests. */
export const visibleUsers = (actor: Actor) => {
  const known = requireKnown(actor);
  if (known.kind === 'guest') return { memberships: { some: { organizationId: known.organizationId } } };
  return { OR: [{ id: known.id }, { memberships: { some: { organizationId: known.organizationId, organization: activeIn(known) } } }] };
};

/** Members see what is their organization's; nobody else sees anything. */
export const visible = (actor: Actor) => {
  const user = requireUser(actor);
  return { organizationId: user.organizationId, organization: activeIn(user) };
};

/** As `visible`, and one's own places in other organizations. */
export const visibleMemberships = (actor: Actor) => ({ OR: [visible(actor), { userId: requireUser(actor).id, status: 'ACTIVE' as const }] });

/** Members see the roles of every organization in which they are active, so that they see what they are there. */
export const visibleRoles = (actor: Actor) => ({ organization: activeIn(requireUser(actor)) });

/** Sessions are seen by nobody but the one whose they are. */
export const own = (actor: Actor) => ({ userId: requireUser(actor).id });
