import { requireUser, type Actor } from '@buffrsign/kernel';

/** Members see the contacts of their organization; nobody else sees any. */
export const visible = (actor: Actor) => ({ organizationId: requireUser(actor).organizationId });
