import type { Cursor } from '@buffrsign/kernel/gateway';
import type { Recent } from './recent.ts';
import type { StreamEvent } from './stream-event.ts';
import type { Subscriber } from './subscriber.ts';
import type { Upstream } from './upstream.ts';

/** One stream at a subgraph, its last events, and the subscribers that follow it, each at its own pace. */
export interface Feed {
  /** Where it was opened; nothing when it began with the present. */
  readonly from: Cursor | undefined;
  /** Its last event, or else where it was opened. */
  readonly position: Cursor | undefined;
  /** Whether an event of it said where it stands: only then is it sure that its source took its cursor. */
  readonly isProven: boolean;
  readonly followers: ReadonlySet<Subscriber>;
  /** Whether whoever has come to this position gets from here all that comes after it. */
  holds(position: Cursor): boolean;
  /** Lets a subscriber follow from where it is. */
  add(subscriber: Subscriber): void;
  remove(subscriber: Subscriber): void;
  /** A follower has room again. */
  resume(subscriber: Subscriber): void;
  /** Breaks the stream off for all its followers. */
  breakOff(last: StreamEvent): void;
}

export interface FeedHooks {
  arrived(feed: Feed): void;
  /** Nothing comes any more: its source has ended, or nobody follows it. */
  closed(feed: Feed, refused: boolean): void;
  /** Events went by that this follower had no room for. It follows nothing now. */
  fellBehind(subscriber: Subscriber): void;
}

/**
 * Events are asked of the source while any follower has room, and kept for those that have not. So one who follows alone
 * is waited for, and one of many is waited for only as long as the kept events reach.
 */
export const createFeed = (upstream: Upstream, recent: Recent, from: Cursor | undefined, hooks: FeedHooks): Feed => {
  const followers = new Set<Subscriber>();
  let position = from;
  let isProven = false;
  /** The source will give no more; followers may still have to read what is here. */
  let isOver = false;
  let isPulling = false;

  const close = (refused: boolean): void => {
    if (isOver) return;
    isOver = true;
    upstream.close();
    hooks.closed(feed, refused);
  };

  const remove = (subscriber: Subscriber): void => {
    if (!followers.delete(subscriber)) return;
    subscriber.feed = undefined;
    if (followers.size === 0) close(false);
  };

  const read = (subscriber: Subscriber): void => {
    while (subscriber.hasRoom && subscriber.feed === feed && subscriber.index < recent.end) {
      subscriber.index += 1;
      subscriber.take(recent.at(subscriber.index - 1));
    }
    if (!isOver || subscriber.feed !== feed || subscriber.index < recent.end) return;
    remove(subscriber);
    subscriber.finish();
  };

  const append = (event: StreamEvent): void => {
    recent.add(event);
    if (event.position) {
      position = event.position;
      isProven = true;
    }
    for (const subscriber of followers) {
      if (subscriber.hasRoom) read(subscriber);
      else if (subscriber.index < recent.start) {
        remove(subscriber);
        hooks.fellBehind(subscriber);
      }
    }
  };

  const end = (last: StreamEvent | undefined): void => {
    close(last !== undefined);
    if (last) append(last);
    else for (const subscriber of followers) read(subscriber);
  };

  const someHaveRoom = (): boolean => {
    for (const { hasRoom } of followers) if (hasRoom) return true;
    return false;
  };

  const pull = async (): Promise<void> => {
    if (isPulling) return;
    isPulling = true;
    while (!isOver && someHaveRoom()) {
      const arrival = await upstream.next();
      if (isOver) break;
      if (!arrival || arrival.isLast) end(arrival?.event);
      else {
        append(arrival.event);
        if (!isOver) hooks.arrived(feed);
      }
    }
    isPulling = false;
  };

  const feed: Feed = {
    from,
    get position() {
      return position;
    },
    get isProven() {
      return isProven;
    },
    followers,
    holds: ({ source, sequence }) => recent.since !== undefined && source === position?.source && recent.since <= sequence,
    add(subscriber) {
      followers.add(subscriber);
      subscriber.feed = feed;
      subscriber.index = subscriber.position ? recent.indexAfter(subscriber.position.sequence) : recent.start;
      read(subscriber);
      void pull();
    },
    remove,
    resume(subscriber) {
      read(subscriber);
      void pull();
    },
    breakOff(last) {
      close(false);
      append(last);
    },
  };
  return feed;
};
