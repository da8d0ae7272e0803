import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { anonymous, type Actor } from './actor.ts';
import { clientModel, unknownClient, type Client } from './client.ts';

/** Long enough for one request through every subgraph, too short to be worth stealing. */
const LIFETIME_SECONDS = 60;
const ISSUER = 'buffrsign-gateway';
const AUDIENCE = 'buffrsign-subgraphs';

const actorModel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({ kind: z.literal('user'), id: z.string(), organizationId: z.string(), scopes: z.array(z.string()) }),
  z.object({ kind: z.literal('guest'), id: z.string(), organizationId: z.string(), resourceId: z.string(), scopes: z.array(z.string()) }),
]);

/** Who acts, and from where. */
export interface Caller {
  readonly actor: Actor;
  readonly client: Client;
}

// A gateway of the version before says nothing of the client.
const callerModel = z.object({ actor: actorModel, client: clientModel.default(unknownClient) });

/** The header in which the gateway tells a subgraph who acts. */
export const ACTOR_HEADER = 'x-buffrsign-actor';

/** Says, signed and for 60 seconds, who acts and from where. Made by the gateway only. */
export const mintActorToken = (actor: Actor, secret: string, client: Client = unknownClient): string =>
  jwt.sign({ actor, client }, secret, { algorithm: 'HS256', issuer: ISSUER, audience: AUDIENCE, expiresIn: LIFETIME_SECONDS });

/** The caller of a token; anybody without a valid one is anonymous. `undefined` when a token is there but is not ours or is over. */
export const verifyActorToken = (token: string | undefined, secret: string): Caller | undefined => {
  if (token === undefined) return { actor: anonymous, client: unknownClient };
  try {
    const claims = jwt.verify(token, secret, { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE });
    return callerModel.parse(claims);
  } catch {
    return undefined;
  }
};
