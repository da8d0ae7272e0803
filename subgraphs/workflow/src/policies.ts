import { requireUser, type Actor } from '@buffrsign/kernel';

/** Members see what is their organization's; nobody else sees anything. */
export const visible = (actor: Actor) => ({ organizationId: requireUser(actor).organizationId });

/** Whether somebody is the member whom an approval asks. */
export const isAsked = (actorId: string, approval: { readonly approverId: string }): boolean => approval.approverId === actorId;
