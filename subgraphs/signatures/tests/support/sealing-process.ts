import { startSubgraph } from '@buffrsign/kernel';
import { steps, withFaults } from './faulty.ts';

/**
 * The subgraph as a process of its own. With `STOP_AT` it says `stopped` when the sealing comes to that step, and
 * stays there: whoever started it can then kill it at a known point.
 */
const stopAt = steps.find((step) => step === process.env['STOP_AT']);

await startSubgraph(
  withFaults({
    at: async (step) => {
      if (step !== stopAt) return;
      process.stdout.write('stopped\n');
      await new Promise(() => undefined);
    },
  }),
);
process.stdout.write('ready\n');
