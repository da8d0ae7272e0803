import { mintActorToken, type Actor } from '@buffrsign/kernel/gateway';

/** A token lives for a minute; none is sent that is older than this, so that a slow subgraph still believes it. */
const REUSED_FOR_MS = 20_000;

/** Tokens that say who acts. All fetches of one request carry the same: signing is dearer than the rest of a fetch. */
export const createActorTokens = (secret: string): ((actor: Actor) => string) => {
  const made = new WeakMap<Actor, { readonly token: string; readonly at: number }>();
  return (actor) => {
    const kept = made.get(actor);
    const now = performance.now();
    if (kept && now - kept.at < REUSED_FOR_MS) return kept.token;
    const token = mintActorToken(actor, secret);
    made.set(actor, { token, at: now });
    return token;
  };
};
