import { readCursor, type Cursor } from '@buffrsign/kernel/gateway';
import type { StreamCounters } from './counters.ts';
import type { Feed } from './feed.ts';
import type { StreamEvent } from './stream-event.ts';

/** Where a subscriber's events go: a socket, or a response over HTTP. */
export interface Sink {
  /** Takes an event. False when there is no room for another: `resume` of the subscription is called once there is. */
  next(event: StreamEvent): boolean;
  /** Nothing comes after. */
  complete(): void;
}

/** What a sink holds of its subscription. */
export interface Subscription {
  /** There is room again. */
  resume(): void;
  /** The client no longer listens. */
  leave(): void;
}

/** Somebody who is given the events of a stream, and how far they have come. */
export interface Subscriber {
  hasRoom: boolean;
  /** What it reads, where it reads something, and the number there of the event that it reads next. */
  feed: Feed | undefined;
  index: number;
  /** Where it has come to; nothing before its first event, or where the source gives no cursors. */
  readonly cursor: string | undefined;
  readonly position: Cursor | undefined;
  /** Gives it an event, unless it has come past it already. */
  take(event: StreamEvent): void;
  finish(): void;
}

/** `over` is called when it is finished. `cursor` is what its client came back with. */
export const createSubscriber = (sink: Sink, from: string | undefined, counters: StreamCounters, over: () => void): Subscriber => {
  let cursor = from;
  let position = from === undefined ? undefined : readCursor(from);
  return {
    hasRoom: true,
    feed: undefined,
    index: 0,
    get cursor() {
      return cursor;
    },
    get position() {
      return position;
    },
    take(event) {
      if (event.position) {
        if (position && event.position.sequence <= position.sequence && event.position.source === position.source) return;
        position = event.position;
        cursor = event.cursor;
      }
      counters.delivered += 1;
      this.hasRoom = sink.next(event);
    },
    finish() {
      over();
      sink.complete();
    },
  };
};
