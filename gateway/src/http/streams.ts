import { Problem, type Client } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { Session } from '../authenticate.ts';
import type { FormatError } from '../errors.ts';
import type { Limits } from '../limits/limits.ts';
import { createOccupancy } from '../limits/occupancy.ts';
import { EXPIRED, onExpiry } from '../subscriptions/expiry.ts';
import { createMakeEvent, interruption, type StreamEvent } from '../subscriptions/stream-event.ts';
import type { LiveStream } from '../subscriptions/subscribe.ts';
import { HttpError } from './http-error.ts';
import type { StreamFormat } from './stream-format.ts';

/** A stream that is to be written into a response. */
export interface Streaming {
  readonly response: ServerResponse;
  readonly format: StreamFormat;
  readonly session: Session;
  readonly client: Client;
}

/** Streams over HTTP that are open. */
export interface HttpStreams {
  /**
   * Writes a stream until its end, that of the access token, or that of the connection.
   *
   * @throws HttpError 429 when the client, or the gateway, has as many as may be; 503 when the gateway stops.
   */
  serve(stream: LiveStream, streaming: Streaming): void;
  /** Writes one answer to who takes streams only. */
  answer(result: ExecutionResult, streaming: Pick<Streaming, 'response' | 'format'>): void;
  /** Breaks all off; their clients subscribe again. */
  close(): void;
}

interface Open {
  beat(): void;
  breakOff(reason: Problem): void;
}

const begin = (response: ServerResponse, format: StreamFormat): void => {
  // Proxies that collect answers before they pass them on would keep events back.
  response.writeHead(200, { 'content-type': format.contentType, 'x-accel-buffering': 'no' });
  response.write(format.opening);
};

const stopping = (): Problem => new Problem('STREAM_INTERRUPTED', { message: 'The gateway stops. Subscribe again with the last cursor that came.' });

export const createHttpStreams = (options: { limits: Limits; heartbeatMs: number; formatError: FormatError; now: () => Date }): HttpStreams => {
  const { limits, heartbeatMs, formatError, now } = options;
  const occupancy = createOccupancy('streams', { perClient: limits.streamsPerClient, inAll: limits.streams });
  const makeEvent = createMakeEvent(formatError);
  const open = new Set<Open>();
  let isClosed = false;
  const timer = setInterval(() => open.forEach((stream) => stream.beat()), heartbeatMs).unref();

  const follow = (stream: LiveStream, { response, format, session }: Streaming, leave: () => void): void => {
    let isBrokenOff = false;
    const write = (event: StreamEvent): boolean => {
      isBrokenOff = event.interrupts;
      return response.write(format.event(event));
    };
    /** Nothing may be written after the end, which a slow reader has long before the connection closes. */
    const forget = (): void => {
      forgetExpiry();
      open.delete(one);
    };
    const complete = (): void => {
      forget();
      response.end(format.closing(isBrokenOff));
    };
    const one: Open = {
      // What waits to be read shows as well that the stream lives.
      beat: () => void (response.writableNeedDrain || response.write(format.heartbeat)),
      breakOff(reason) {
        subscription.leave();
        write(interruption(reason, formatError));
        complete();
      },
    };
    const forgetExpiry = onExpiry(session, now, () => one.breakOff(new Problem('UNAUTHENTICATED', { message: EXPIRED })));
    open.add(one);
    const subscription = stream.start({ next: write, complete });
    response.on('drain', subscription.resume);
    response.once('close', () => {
      forget();
      leave();
      subscription.leave();
    });
  };

  return {
    serve(stream, streaming) {
      if (isClosed) throw new HttpError(503, stopping().message, 'STREAM_INTERRUPTED');
      const leave = occupancy.enter(streaming.client.ip);
      if (typeof leave === 'string') throw new HttpError(429, leave, 'RATE_LIMITED');
      begin(streaming.response, streaming.format);
      follow(stream, streaming, leave);
    },
    answer(result, { response, format }) {
      begin(response, format);
      response.end(format.event(makeEvent(result)) + format.closing(false));
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      for (const stream of [...open]) stream.breakOff(stopping());
    },
  };
};
