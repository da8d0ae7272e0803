import type { Cursor } from '@buffrsign/kernel/gateway';
import { createPump } from './pump.ts';
import type { Recent } from './recent.ts';
import type { StreamEvent } from './stream-event.ts';
import type { Subscriber } from './subscriber.ts';
import type { Upstream } from './upstream.ts';

/** One stream at a subgraph, its last events, and the subscribers that follow it, each at its own pace. */
export interface Feed {
  /** Where it was opened; nothing when it began with the present. */
  readonly from: Cursor | undefined;
  readonly recent: Recent;
  readonly followers: ReadonlySet<Subscriber>;
  /** Lets a subscriber follow from where it is. */
  add(subscriber: Subscriber): void;
  remove(subscriber: Subscriber): void;
  /** A follower has room again. */
  resume(subscriber: Subscriber): void;
  /** Breaks the stream off for all its followers. */
  breakOff(last: StreamEvent): void;
}

export interface FeedHooks {
  /** Whether others may come to follow it, so that its events are kept. */
  isShared(feed: Feed): boolean;
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
  /** The source will give no more; followers may still have to read what is here. */
  let isOver = false;

  const close = (refused: boolean): void => {
    if (isOver) return;
    isOver = true;
    pump.stop();
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
    // At its end as many as there are: who has room later reads the rest.
    recent.add(event, isOver || hooks.isShared(feed) ? undefined : 1);
    for (const subscriber of followers) {
      if (subscriber.hasRoom) read(subscriber);
      else if (subscriber.index < recent.start) {
        remove(subscriber);
        hooks.fellBehind(subscriber);
      }
    }
  };

  const someHaveRoom = (): boolean => {
    for (const { hasRoom } of followers) if (hasRoom) return true;
    return false;
  };

  const pump = createPump(upstream, {
    isWanted: someHaveRoom,
    arrived(event) {
      append(event);
      if (!isOver) hooks.arrived(feed);
    },
    ended(last) {
      close(last !== undefined);
      if (last) append(last);
      else for (const subscriber of followers) read(subscriber);
    },
  });

  const resume = (subscriber: Subscriber): void => {
    read(subscriber);
    pump.run();
  };

  const feed: Feed = {
    from,
    recent,
    followers,
    add(subscriber) {
      followers.add(subscriber);
      subscriber.feed = feed;
      subscriber.index = recent.indexAfter(subscriber.position);
      resume(subscriber);
    },
    remove,
    resume,
    breakOff(last) {
      close(false);
      append(last);
    },
  };
  return feed;
};
