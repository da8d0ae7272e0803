import { anonymous, type Guest, type User } from '../auth/actor.ts';
import { newId } from '../data/ids.ts';

export { anonymous };

/** A member of a new organization with these scopes. */
export const aUser = (scopes: readonly string[], of: Partial<User> = {}): User => ({ kind: 'user', id: newId('usr'), organizationId: newId('org'), scopes, ...of });

/** Somebody of another organization, with every scope that exists: sees nothing all the same. */
export const aStranger = (scopes: readonly string[]): User => aUser(scopes);

/** A guest let in to one thing. */
export const aGuest = (of: Pick<Guest, 'organizationId' | 'resourceId' | 'scopes'> & Partial<Guest>): Guest => ({ kind: 'guest', id: newId('gst'), ...of });
