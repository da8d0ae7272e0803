import { Problem } from '../errors/problem.ts';

/** Who acts. Decided once, at the gateway; subgraphs believe only a signed actor token. */
export type Actor = Anonymous | User | Guest;

export interface Anonymous {
  readonly kind: 'anonymous';
}

/** A person with an account, acting for one organization at a time. */
export interface User {
  readonly kind: 'user';
  readonly id: string;
  readonly organizationId: string;
  readonly scopes: readonly string[];
}

/** A person without an account who was let in to one thing, by a link that they alone were sent. */
export interface Guest {
  readonly kind: 'guest';
  readonly id: string;
  readonly organizationId: string;
  /** The one thing that the guest was let in to. */
  readonly resourceId: string;
  readonly scopes: readonly string[];
}

export const anonymous: Anonymous = { kind: 'anonymous' };

export const scopesOf = (actor: Actor): readonly string[] => (actor.kind === 'anonymous' ? [] : actor.scopes);

/** The actor as a member of an organization. @throws Problem UNAUTHENTICATED, or FORBIDDEN to a guest. */
export const requireUser = (actor: Actor): User => {
  if (actor.kind === 'user') return actor;
  throw new Problem(actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
};

/** The actor as somebody known, member or guest. @throws Problem UNAUTHENTICATED. */
export const requireKnown = (actor: Actor): User | Guest => {
  if (actor.kind !== 'anonymous') return actor;
  throw new Problem('UNAUTHENTICATED');
};
