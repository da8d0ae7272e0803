import type { StreamFormat } from './stream-format.ts';

/**
 * Server-sent events (HTML standard) as "distinct connections" of graphql-sse have them. The id of an event is its
 * cursor: a browser that connects again sends it as `Last-Event-ID`, and goes on from there.
 */
export const serverSentEvents: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  // Some browsers take headers only once something follows them.
  opening: ':\n\n',
  heartbeat: ':\n\n',
  // Only one that could be read: another could break the line.
  event: ({ json, cursor, position }) => `event: next\n${position ? `id: ${cursor}\n` : ''}data: ${json}\n\n`,
  // Without the empty data, `EventSource` would not tell its listener. "complete" would say that nothing more is to come.
  closing: (isBrokenOff) => (isBrokenOff ? '' : 'event: complete\ndata: \n\n'),
};
