import { expect, test } from 'vitest';
import { until } from '@buffrsign/kernel/testing';
import { randomOf } from '../../../scripts/faults/random.ts';
import { collect } from './support/collect.ts';
import { createHarness } from './support/harness.ts';

const CLIENTS = 8;
const TOPICS = ['a', 'b', 'c'];
const EVENTS = 600;
const CODES = ['SUBSCRIPTION_SCHEMA_RELOAD', 'UNAVAILABLE'];

const harness = createHarness();

test.each([1, 2, 3])('connections cut, servers restarted and streams interrupted at random (seed %i): every client has every event once, in order', async (seed) => {
  const { log } = harness;
  const random = randomOf(seed);
  const watched = Array.from({ length: CLIENTS }, () => {
    const client = harness.connect({ backoff: () => random() * 3 });
    return TOPICS.map((topic) => collect(client, topic));
  }).flat();
  await until('all to be subscribed', () => log.open() === watched.length);
  // What happens before a client has seen its first event it cannot ask for; from then on it can.
  for (const topic of TOPICS) log.append(topic, 0);
  await until('all to have a cursor', () => watched.every(({ values }) => values.length === 1));

  const faults = { cuts: 0, interruptions: 0, restarts: 0 };
  for (let event = 1; event <= EVENTS; event += 1) {
    for (const topic of TOPICS) log.append(topic, event);
    const dice = random();
    if (dice < 0.3) {
      log.cut(() => random() < 0.5);
      faults.cuts += 1;
    } else if (dice < 0.35) {
      log.interrupt(CODES[event % 2]!);
      faults.interruptions += 1;
    } else if (dice < 0.37) {
      await log.stop();
      await log.start();
      faults.restarts += 1;
    }
    // Some events find the client connected and some do not.
    if (random() < 0.3) await until('somebody to be up to date', () => watched.some(({ values }) => values.at(-1) === event));
  }
  await until('all to have all', () => watched.every(({ values }) => values.at(-1) === EVENTS));
  expect(Math.min(...Object.values(faults))).toBeGreaterThan(0);
  const expected = Array.from({ length: EVENTS + 1 }, (_, event) => event);
  for (const { values, outcome } of watched) expect({ values, outcome }).toEqual({ values: expected, outcome: {} });
});
