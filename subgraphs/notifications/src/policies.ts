import { requireUser, type Actor } from '@buffrsign/kernel';

/** Members see what is their organization's; nobody else sees anything. */
export const visible = (actor: Actor) => ({ organizationId: requireUser(actor).organizationId });

/** What is a member's own, in the organization for which they act. */
export const own = (actor: Actor) => {
  const { id, organizationId } = requireUser(actor);
  return { userId: id, organizationId };
};

/** A member's own notifications, as far as they stand in their list. */
export const ownShown = (actor: Actor) => ({ ...own(actor), shown: true });
