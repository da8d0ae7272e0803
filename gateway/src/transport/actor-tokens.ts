import { mintActorToken, unknownClient, type Actor, type Client } from '@buffrsign/kernel/gateway';

/** A token lives for a minute; none is sent that is older than this, so that a slow subgraph still believes it. */
const REUSED_FOR_MS = 20_000;

interface Made {
  readonly token: string;
  readonly at: number;
}

/**
 * Tokens that say who acts and from where. All fetches of one request carry the same: signing is dearer than the rest
 * of a fetch. Found by the client first: actors may be the same for many clients, as whoever is anonymous is.
 */
export const createActorTokens = (secret: string): ((actor: Actor, client?: Client) => string) => {
  const byClient = new WeakMap<Client, WeakMap<Actor, Made>>();
  return (actor, client = unknownClient) => {
    const made = byClient.get(client) ?? new WeakMap<Actor, Made>();
    byClient.set(client, made);
    const kept = made.get(actor);
    const now = performance.now();
    if (kept && now - kept.at < REUSED_FOR_MS) return kept.token;
    const token = mintActorToken(actor, secret, client);
    made.set(actor, { token, at: now });
    return token;
  };
};
