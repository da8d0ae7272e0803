import { ACTOR_HEADER, mintActorToken, type Actor } from '@buffrsign/kernel/gateway';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 180_000;

/** What a client gets in the end from a platform that is killed under it: it asks again, with the same key, until it is answered. */
export interface Client {
  ask<Answer extends { readonly __typename: string }>(actor: Actor, query: string, variables: object): Promise<Answer>;
}

export const createClient = (urls: readonly string[], secret: string, random: () => number): Client => {
  const once = async (actor: Actor, query: string, variables: object): Promise<Record<string, unknown> | undefined> => {
    const url = urls[Math.floor(random() * urls.length)]!;
    const headers = { 'content-type': 'application/json', [ACTOR_HEADER]: mintActorToken(actor, secret, { ip: '192.0.2.7', userAgent: 'faults' }) };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }), signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
    const answer = (await response?.json().catch(() => undefined)) as { data?: Record<string, unknown>; errors?: readonly unknown[] } | undefined;
    return answer?.errors ? undefined : answer?.data;
  };
  return {
    async ask(actor, query, variables) {
      for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(100)) {
        const data = await once(actor, query, variables);
        const [outcome] = Object.values(data ?? {});
        // A refusal for now, because an authority or the disk is not there, is asked again like a lost answer.
        if (outcome && !/Unavailable|NotReady/.test((outcome as { __typename: string }).__typename)) return outcome as never;
      }
      throw new Error(`No answer in ${PATIENCE_MS / 1_000} s to ${query.slice(0, 60)}`);
    },
  };
};
