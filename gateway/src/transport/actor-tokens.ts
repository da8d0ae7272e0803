import { mintActorToken, unknownClient, type Actor, type Client } from '@buffrsign/kernel/gateway';
import { createBoundedMap } from '../bounded-map.ts';

/** A token lives for a minute; none is sent that is older than this, so that a slow subgraph still believes it. */
const REUSED_FOR_MS = 20_000;
/** Actors at their clients whose tokens are kept. */
const KEPT = 10_000;

interface Made {
  readonly actor: Actor;
  readonly token: string;
  readonly at: number;
}

const isFresh = ({ at }: Made): boolean => performance.now() - at < REUSED_FOR_MS;

/**
 * Tokens that say who acts and from where, and nothing of the request: all requests of an actor from one client carry
 * the same for a while, since signing is dearer than the rest of a fetch.
 */
export const createActorTokens = (secret: string): ((actor: Actor, client?: Client) => string) => {
  const made = createBoundedMap<Made>(KEPT);
  // The requests on one connection come with the same object, which is looked up quicker than what is in it.
  const ofClient = new WeakMap<Client, Made>();

  const madeFor = (actor: Actor, client: Client): Made => {
    const key = JSON.stringify([actor, client]);
    const kept = made.get(key);
    if (kept && isFresh(kept)) return kept;
    const token = { actor, token: mintActorToken(actor, secret, client), at: performance.now() };
    made.set(key, token);
    return token;
  };

  return (actor, client = unknownClient) => {
    const known = ofClient.get(client);
    if (known?.actor === actor && isFresh(known)) return known.token;
    const found = { ...madeFor(actor, client), actor };
    ofClient.set(client, found);
    return found.token;
  };
};
