import type { Guest, User } from '@buffrsign/kernel';
import { z } from 'zod';

/** For whom a link was made. It works while they themselves may see the file, and no longer. */
export const holderModel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: z.string(), organizationId: z.string() }),
  z.object({ kind: z.literal('guest'), id: z.string(), organizationId: z.string(), resourceId: z.string() }),
]);

export type Holder = z.output<typeof holderModel>;

export const holderOf = (actor: User | Guest): Holder => {
  const { id, organizationId } = actor;
  return actor.kind === 'user' ? { kind: 'user', id, organizationId } : { kind: 'guest', id, organizationId, resourceId: actor.resourceId };
};

/** The holder as an actor without any scope: good for policies, for nothing else. */
export const actorOf = (holder: Holder): User | Guest => ({ ...holder, scopes: [] });
