import { readCursor, type Cursor } from '@buffrsign/kernel/gateway';
import type { StreamCounters } from './counters.ts';
import { createFeed, type Feed, type FeedHooks } from './feed.ts';
import type { Heads } from './heads.ts';
import { createRecent } from './recent.ts';
import type { StreamSettings } from './settings.ts';
import type { StreamEvent } from './stream-event.ts';
import type { Subscriber } from './subscriber.ts';
import type { Upstream } from './upstream.ts';

/** All who subscribed to the very same thing as the very same actor. */
export interface Topic {
  /** Serves a subscriber from where it is: from its cursor, or else from a first event of its own. */
  join(subscriber: Subscriber): void;
  breakOff(last: StreamEvent): void;
}

export interface TopicParts {
  readonly open: (cursor: string | undefined) => Upstream;
  /** Whether the source is known to give cursors; it is noted here when it does. */
  readonly givesCursors: { known: boolean };
  readonly heads: Heads;
  readonly counters: StreamCounters;
  readonly settings: StreamSettings;
  /** The last event of one that read too slowly, from a source without cursors. */
  readonly tooSlow: () => StreamEvent;
}

/**
 * Keeps one feed, the shared one, that everybody ends up following. Whoever cannot follow it yet has a feed of their
 * own, until what they have seen is what the shared one holds: a newcomer whose first event is still to come, a client
 * that was away for long, and one that reads slowly. Without cursors nothing says whether two streams are at the same
 * place, so nobody shares.
 */
export const createTopic = ({ open, givesCursors, heads, counters, settings, tooSlow }: TopicParts): Topic => {
  const feeds = new Set<Feed>();
  let shared: Feed | undefined;
  /** Whether the shared feed has come to the present: what it does not hold has not happened, or is on its way to it. */
  let isLive = false;
  /** A feed that began with the present and has given nothing yet: its first event will do for all who come meanwhile. */
  let beginning: Feed | undefined;
  let broken: StreamEvent | undefined;

  const tell = (subscriber: Subscriber, last: StreamEvent): void => {
    subscriber.take(last);
    subscriber.finish();
  };

  const share = (feed: Feed, live: boolean): void => {
    [shared, isLive] = [feed, live];
  };

  /** A place beyond its last event is one where the shared feed will come by, if it is a place at all. */
  const canShare = (position: Cursor | undefined): position is Cursor =>
    position !== undefined && shared?.recent.holds(position) === true && (position.sequence <= shared.recent.position!.sequence || (isLive && heads.reach(position)));

  const join = (subscriber: Subscriber): void => {
    if (broken) return tell(subscriber, broken);
    const { cursor, position } = subscriber;
    if (canShare(position)) return shared!.add(subscriber);
    if (cursor === undefined && beginning && givesCursors.known) return beginning.add(subscriber);
    openFeed(cursor).add(subscriber);
  };

  const arrived = (feed: Feed): void => {
    if (beginning === feed) beginning = undefined;
    if (!feed.recent.isProven) return;
    givesCursors.known = true;
    const isNewest = heads.note(feed.recent.position!);
    if (!shared) return share(feed, isNewest || !feed.from);
    if (feed === shared) return void (isLive ||= isNewest);
    // One that began with the present is ahead of one that still works off what was missed.
    if (!feed.from && !isLive && feed.recent.position!.sequence > shared.recent.position!.sequence) return share(feed, true);
    for (const follower of feed.followers) {
      if (!canShare(follower.position)) continue;
      feed.remove(follower);
      shared.add(follower);
    }
  };

  const closed = (feed: Feed, refused: boolean): void => {
    feeds.delete(feed);
    if (beginning === feed) beginning = undefined;
    if (shared === feed) shared = undefined;
    if (!refused) return;
    // A log that refuses where it was is another log, or was cut: what is known of its reach holds no longer.
    if (feed.recent.isProven) return heads.forget(feed.recent.position!.source);
    // The cursor that was refused is the one it was opened with. Who came with another is asked for by that.
    for (const follower of feed.from ? [...feed.followers] : []) {
      if (follower.position?.sequence === feed.from!.sequence) continue;
      feed.remove(follower);
      join(follower);
    }
  };

  const fellBehind = (subscriber: Subscriber): void => {
    counters.detached += 1;
    // With a cursor it joins again when it has room.
    if (subscriber.cursor === undefined) tell(subscriber, tooSlow());
  };

  const openFeed = (cursor: string | undefined): Feed => {
    const from = cursor === undefined ? undefined : readCursor(cursor);
    const feed = createFeed(open(cursor), createRecent(settings, from), from, hooks);
    feeds.add(feed);
    if (cursor === undefined) beginning ??= feed;
    // Whoever comes back to the same place follows it, also before anything happens.
    else if (from && !shared) share(feed, false);
    return feed;
  };

  const hooks: FeedHooks = { isShared: (feed) => feed === shared, arrived, closed, fellBehind };

  return {
    join,
    breakOff(last) {
      broken = last;
      for (const feed of [...feeds]) feed.breakOff(last);
    },
  };
};
