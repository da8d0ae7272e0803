import { expect, test } from 'vitest';
import { hasRedis } from '../scripts/live-faults/redis-process.ts';
import { runLiveFaults } from '../scripts/live-faults/run-live-faults.ts';

const COUNT = 12;
const redis = hasRedis();

test.skipIf(!redis)(`${COUNT} cuts and kills of the gateway, the subgraph and Redis under live streams leave each client told everything that was committed, in order, once; npm run faults:live does 200${redis ? '' : ' (there is no redis-server here)'}`, { timeout: 600_000 }, async () => {
  const { committed, delivered, occurrences, wrong } = await runLiveFaults({ count: COUNT, seed: 7, say: () => undefined });
  expect(wrong).toEqual([]);
  // There are several watchers for each fact, over all transports, and they were broken off.
  expect(delivered).toBeGreaterThan(committed);
  expect(Math.min(occurrences['taken up again over graphql-ws'], occurrences['taken up again over SSE'] + occurrences['taken up again over multipart'])).toBeGreaterThan(0);
});
