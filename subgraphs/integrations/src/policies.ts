import { requireUser, type Actor } from '@buffrsign/kernel';

/** Members see what is their organization's; nobody else sees anything. */
export const visible = (actor: Actor) => ({ organizationId: requireUser(actor).organizationId });

/** Endpoints that were not removed. */
export const present = (actor: Actor) => ({ ...visible(actor), deletedAt: null });
