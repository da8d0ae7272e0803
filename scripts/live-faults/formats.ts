import type { Result, Transport } from './watcher.ts';

/** What a stream says: a result, that it is broken off and by which codes, or that there is no more. */
export type Said = { readonly result: Result } | { readonly broken: readonly unknown[] } | 'no more';

/** How a stream over HTTP is asked for and read. */
export interface Format {
  readonly transport: Transport;
  readonly accept: string;
  /** How a client says where it was. */
  resume(cursor: string): { readonly headers?: Record<string, string>; readonly extensions?: object };
  read(body: AsyncIterable<Uint8Array>): AsyncGenerator<Said>;
}

/** What stands between separators; what has none after it never arrived. */
async function* partsOf(body: AsyncIterable<Uint8Array>, separator: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split(separator);
    rest = parts.pop()!;
    yield* parts;
  }
}

const codesOf = (errors: Result['errors']): unknown[] => errors?.map(({ extensions }) => extensions?.code) ?? [];

/** Server-sent events as the HTML standard reads them, which come with errors and no data when the stream is broken off. */
export const serverSentEvents: Format = {
  transport: 'SSE',
  accept: 'text/event-stream',
  resume: (cursor) => ({ headers: { 'last-event-id': cursor } }),
  async *read(body) {
    for await (const block of partsOf(body, '\n\n')) {
      const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('event') === 'complete') yield 'no more';
      if (field('event') !== 'next') continue;
      const result = JSON.parse(field('data')) as Result;
      yield result.data == null ? { broken: codesOf(result.errors) } : { result };
    }
  },
};

/** Apollo's multipart protocol: results in `payload`, and errors of the stream itself beside an empty one. */
export const multipart: Format = {
  transport: 'multipart',
  accept: 'multipart/mixed;subscriptionSpec="1.0"',
  resume: (cursor) => ({ extensions: { cursor } }),
  async *read(body) {
    for await (const part of partsOf(body, '\r\n--graphql')) {
      if (part.startsWith('--')) yield 'no more';
      const json = part.split('\r\n\r\n')[1];
      const { payload, errors } = JSON.parse(json ?? '{}') as { payload?: Result | null; errors?: Result['errors'] };
      if (payload) yield payload.data == null ? { broken: codesOf(payload.errors) } : { result: payload };
      else if (errors) yield { broken: codesOf(errors) };
    }
  },
};
