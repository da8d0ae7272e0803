import { requireUser, type Actor } from '@buffrsign/kernel';

/** Members see what is their organization's; nobody else sees anything. */
export const visible = (actor: Actor) => ({ organizationId: requireUser(actor).organizationId });

/** Whether the actor is a member of this organization. */
export const isOwn = (actor: Actor, organizationId: string): boolean => actor.kind === 'user' && actor.organizationId === organizationId;
