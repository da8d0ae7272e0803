import { expect, test } from 'vitest';
import { runFaults } from '../scripts/faults/run-faults.ts';

const COUNT = 8;

test(`${COUNT} kills and faults over envelopes in flight leave none lost, none sealed twice, none stuck, and every sealed PDF valid; npm run faults does 500`, { timeout: 600_000 }, async () => {
  const { envelopes, lost, stuck, sealedTwice, wrong } = await runFaults({ count: COUNT, seed: 7, say: () => undefined });
  expect(envelopes).toBeGreaterThan(0);
  expect({ lost, stuck, sealedTwice, wrong }).toEqual({ lost: [], stuck: [], sealedTwice: [], wrong: [] });
});
