import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from 'graphql-ws';
import { createChance, type Chance } from './differential/random.ts';
import { follow, openClient, ticksOf, upTo, type Follower } from './support/follower.ts';
import { eventually } from './support/eventually.ts';
import { startLogPlatform, type LogPlatform } from './support/log-platform.ts';
import type { Mode } from './support/platform.ts';

const ROOMS = ['a', 'b'];

/** A client that comes, goes and comes back, and all that it saw, from its first event on. */
interface Wanderer {
  readonly client: Client;
  readonly room: string;
  readonly numbers: number[];
  following: Follower | undefined;
  cursor: string | undefined;
}

/** Ends what a client follows and keeps what it saw; the next time, it goes on from there. */
const pause = (wanderer: Wanderer): void => {
  const { following } = wanderer;
  if (!following) return;
  following.leave();
  wanderer.numbers.push(...following.numbers());
  wanderer.cursor = following.cursor();
  wanderer.following = undefined;
};

const seenBy = ({ numbers, following }: Wanderer): number[] => [...numbers, ...(following?.numbers() ?? [])];

const takeUp = (wanderer: Wanderer): void => {
  wanderer.following ??= follow(wanderer.client, ticksOf(wanderer.room, 'kind n by { name }'), wanderer.cursor);
};

/** Lets whatever is on its way arrive, or not: what happens next meets every state of the gateway. */
const breathe = (turns: number): Promise<void> => new Promise((resolve) => (turns === 0 ? resolve() : setImmediate(() => void breathe(turns - 1).then(resolve))));

const runAtRandom = async (platform: LogPlatform, chance: Chance, clients: readonly Client[]): Promise<{ wanderers: Wanderer[]; written: Map<string, number> }> => {
  const wanderers: Wanderer[] = Array.from({ length: 24 }, () => ({ client: chance.pick(clients), room: chance.pick(ROOMS), numbers: [], following: undefined, cursor: undefined }));
  const written = new Map(ROOMS.map((room) => [room, 0]));
  for (let step = 0; step < 400; step += 1) {
    const dice = chance.below(100);
    if (dice < 45) {
      const room = chance.pick(ROOMS);
      platform.source.write(room);
      written.set(room, written.get(room)! + 1);
    } else if (dice < 70) takeUp(chance.pick(wanderers));
    else if (dice < 88) pause(chance.pick(wanderers));
    else if (dice < 91) platform.cut();
    else await breathe(chance.below(30));
  }
  wanderers.forEach(takeUp);
  return { wanderers, written };
};

describe.each<Mode>(['in process', 'over HTTP'])('clients that come and go at random while the way to the log, %s, breaks at random', (mode) => {
  let platform: LogPlatform;
  const clients: Client[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await platform.stop();
  });

  const seeds = Array.from({ length: Number(process.env['STREAMS_COUNT'] ?? 6) }, (_, index) => `${process.env['STREAMS_SEED'] ?? 'streams'} ${index}`);

  it.each(seeds)('each see one suffix of what happened: whole, in order, once (seed "%s")', async (seed) => {
    const chance = createChance(seed);
    // Few kept events, so that some who come back must catch up alone.
    platform = await startLogPlatform(mode, { streams: { keptEvents: chance.pick([2, 5, 128]), backoffMs: 1 } });
    clients.push(...Array.from({ length: 3 }, () => openClient(platform.gateway.subscriptionUrl)));
    const { wanderers, written } = await runAtRandom(platform, chance, clients);
    const isThere = (wanderer: Wanderer): boolean => seenBy(wanderer).at(-1) === written.get(wanderer.room);
    await eventually(() => wanderers.every((wanderer) => isThere(wanderer) || wanderer.following?.over() !== undefined), { timeout: 20_000 }).toBe(true);
    // A cut before a client's first event ends its stream, as there is nothing to go on from; then it has seen nothing wrong.
    for (const wanderer of wanderers) {
      const numbers = seenBy(wanderer);
      expect(numbers).toEqual(numbers.length === 0 ? [] : upTo(wanderer.following?.over() === undefined ? written.get(wanderer.room)! : numbers.at(-1)!, numbers[0]));
    }
    expect(wanderers.filter(isThere).length).toBeGreaterThan(wanderers.length / 2);
    wanderers.forEach(pause);
    await eventually(() => [platform.gateway.streams.upstreams, platform.gateway.streams.subscribers, platform.source.readers()]).toEqual([0, 0, 0]);
  });
});
