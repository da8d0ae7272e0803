import type { StreamFormat } from './stream-format.ts';

const BOUNDARY = 'graphql';

/** A reader takes a part once it sees the boundary after it, so that comes at once. */
const part = (json: string): string => `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--${BOUNDARY}`;

/**
 * Apollo's multipart protocol for subscriptions over HTTP: results in `payload`, empty parts as signs of life, and what
 * is wrong with the stream itself beside an empty payload.
 */
export const multipart: StreamFormat = {
  contentType: `multipart/mixed;boundary="${BOUNDARY}";subscriptionSpec="1.0"`,
  opening: `\r\n--${BOUNDARY}`,
  heartbeat: part('{}'),
  event: ({ json, interrupts }) => part(interrupts ? `{"payload":null,${json.slice(1)}` : `{"payload":${json}}`),
  closing: () => '--\r\n',
};
