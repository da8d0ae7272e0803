import { mintActorToken, unknownClient, type Actor, type Client } from '@buffrsign/kernel/gateway';
import { createBoundedMap } from '../bounded-map.ts';

/** A token lives for a minute; none is sent that is older than this, so that a slow subgraph still believes it. */
const REUSED_FOR_MS = 20_000;
/** Actors at their clients whose tokens are kept. */
const KEPT = 10_000;

interface Made {
  readonly token: string;
  readonly at: number;
}

/**
 * Tokens that say who acts and from where, and nothing of the request: all requests of an actor from one client carry
 * the same for a while, since signing is dearer than the rest of a fetch.
 */
export const createActorTokens = (secret: string): ((actor: Actor, client?: Client) => string) => {
  const made = createBoundedMap<Made>(KEPT);
  return (actor, client = unknownClient) => {
    const key = JSON.stringify([actor, client]);
    const kept = made.get(key);
    const now = performance.now();
    if (kept && now - kept.at < REUSED_FOR_MS) return kept.token;
    const token = mintActorToken(actor, secret, client);
    made.set(key, { token, at: now });
    return token;
  };
};
