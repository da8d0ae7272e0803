import { setTimeout as pause } from 'node:timers/promises';
import type { Format, Said } from './formats.ts';
import { createSeen, FOLLOW, type Watcher, type WatcherOptions } from './watcher.ts';

/** Errors after which a stream is asked for again: it was broken off, or its token has expired. */
const AGAIN = new Set<unknown>(['STREAM_INTERRUPTED', 'SUBSCRIPTION_SCHEMA_RELOAD', 'UNAVAILABLE', 'UNAUTHENTICATED']);

/** Follows an envelope over HTTP as an application would: again and again, from where it was. */
export const watchByHttp = (format: Format, { port, tokenOf, happened, random }: WatcherOptions, envelopeId: string): Watcher => {
  const { transport, accept } = format;
  const seen = createSeen(transport, envelopeId);
  let hasLeft = false;
  let connection = new AbortController();

  const take = (said: Said): 'again' | undefined => {
    if (said === 'no more') return void seen.faults.push('was told that there is no more');
    if ('result' in said) return void seen.take(said.result);
    if (said.broken.includes('UNAUTHENTICATED')) happened('token run out');
    if (said.broken.some((code) => AGAIN.has(code))) return 'again';
    seen.faults.push(`was told ${JSON.stringify(said)}`);
  };

  const connect = async (): Promise<void> => {
    const resumed = seen.cursor === undefined ? {} : format.resume(seen.cursor);
    const headers = { accept, 'content-type': 'application/json', authorization: `Bearer ${tokenOf()}`, ...resumed.headers };
    const body = JSON.stringify({ query: FOLLOW, variables: { envelopeId }, ...(resumed.extensions && { extensions: resumed.extensions }) });
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body, signal: connection.signal });
    if (!response.ok || !response.headers.get('content-type')?.startsWith(accept.split(';', 1)[0]!)) {
      const words = `${response.status} ${await response.text()}`;
      // 401: the token ran out on its way. 503: the gateway is about to stop.
      if (![401, 503].includes(response.status)) seen.faults.push(`was refused: ${words}`);
      return;
    }
    if (seen.cursor !== undefined) happened(`taken up again over ${transport}`);
    for await (const said of format.read(response.body as AsyncIterable<Uint8Array>)) if (take(said) === 'again') return;
  };

  const follow = async (): Promise<void> => {
    while (!hasLeft) {
      connection = new AbortController();
      await connect().catch(() => undefined);
      connection.abort();
      await pause(50 + random() * 200);
    }
  };
  void follow();
  return {
    seen,
    begun: seen.begin,
    comeBack: () => connection.abort(),
    leave() {
      hasLeft = true;
      connection.abort();
    },
  };
};
