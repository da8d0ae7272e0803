import { parseArgs } from 'node:util';
import { runFaults } from './faults/run-faults.ts';

/**
 * `npm run faults`: keeps envelopes of three signers in flight while processes are killed, Postgres is ended, the
 * timestamp authority is dead or lies, and the disk is full; then lets everything be well again and counts. Exit 0 when
 * none was lost, none sealed twice, none stuck and every sealed PDF is valid at the level that was asked for.
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } } });
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error('Say how many faults and, to have the same ones again, which seed: npm run faults -- --count 500 --seed 1');
  process.exit(2);
}
const say = values.json ? () => undefined : (line: string) => console.log(line);
const verdict = await runFaults({ count, seed, say });
if (values.json) console.log(JSON.stringify(verdict, null, 2));
process.exit(verdict.ok ? 0 : 1);
