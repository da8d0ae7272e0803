import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { anonymous, type Actor } from './actor.ts';

/** Long enough for one request through every subgraph, too short to be worth stealing. */
const LIFETIME_SECONDS = 60;
const ISSUER = 'buffrsign-gateway';
const AUDIENCE = 'buffrsign-subgraphs';

const actorModel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({ kind: z.literal('user'), id: z.string(), organizationId: z.string(), scopes: z.array(z.string()) }),
  z.object({ kind: z.literal('guest'), id: z.string(), organizationId: z.string(), resourceId: z.string(), scopes: z.array(z.string()) }),
]);

/** The header in which the gateway tells a subgraph who acts. */
export const ACTOR_HEADER = 'x-buffrsign-actor';

/** Says, signed and for 60 seconds, who acts. Made by the gateway only. */
export const mintActorToken = (actor: Actor, secret: string): string =>
  jwt.sign({ actor }, secret, { algorithm: 'HS256', issuer: ISSUER, audience: AUDIENCE, expiresIn: LIFETIME_SECONDS });

/** The actor of a token; anybody without a valid one is anonymous. `undefined` when a token is there but is not ours or is over. */
export const verifyActorToken = (token: string | undefined, secret: string): Actor | undefined => {
  if (token === undefined) return anonymous;
  try {
    const claims = jwt.verify(token, secret, { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE });
    return actorModel.parse((claims as jwt.JwtPayload)['actor']);
  } catch {
    return undefined;
  }
};
