import { setTimeout as pause } from 'node:timers/promises';
import { createSeen, FOLLOW, type Watcher, type WatcherOptions } from './watcher.ts';

/** Errors after which a stream is asked for again: it was broken off, or its token has expired. */
const AGAIN = new Set<unknown>(['STREAM_INTERRUPTED', 'SUBSCRIPTION_SCHEMA_RELOAD', 'UNAVAILABLE', 'UNAUTHENTICATED']);

interface Message {
  readonly event: string;
  readonly data: string;
}

/** Server-sent events as the HTML standard reads them; what has no empty line after it never arrived. */
async function* readMessages(body: AsyncIterable<Uint8Array>): AsyncGenerator<Message> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('event') !== '') yield { event: field('event'), data: field('data') };
    }
  }
}

/** Follows an envelope over server-sent events as `EventSource` would: again and again, with `Last-Event-ID`. */
export const watchBySse = ({ port, tokenOf, happened, random }: WatcherOptions, envelopeId: string): Watcher => {
  const seen = createSeen('SSE', envelopeId);
  let hasLeft = false;
  let connection = new AbortController();

  const take = ({ event, data }: Message): 'again' | undefined => {
    if (event === 'complete') return void seen.faults.push('was told that there is no more');
    const result = JSON.parse(data) as { data?: unknown; errors?: { extensions?: { code?: unknown } }[] };
    const codes = result.errors?.map(({ extensions }) => extensions?.code) ?? [];
    if (codes.includes('UNAUTHENTICATED')) happened('token run out');
    if (result.data == null && codes.some((code) => AGAIN.has(code))) return 'again';
    seen.take(result as never);
  };

  const connect = async (): Promise<void> => {
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${tokenOf()}`, ...(seen.cursor !== undefined && { 'last-event-id': seen.cursor }) };
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: FOLLOW, variables: { envelopeId } }), signal: connection.signal });
    if (!response.ok || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
      const words = `${response.status} ${await response.text()}`;
      // 401: the token ran out on its way. 503: the gateway is about to stop.
      if (![401, 503].includes(response.status)) seen.faults.push(`was refused: ${words}`);
      return;
    }
    if ('last-event-id' in headers) happened('taken up again over SSE');
    for await (const message of readMessages(response.body as AsyncIterable<Uint8Array>)) if (take(message) === 'again') return;
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
