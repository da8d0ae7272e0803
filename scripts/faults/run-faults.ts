import type { User } from '@buffrsign/kernel/gateway';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type Client } from './client.ts';
import { linkReader, type Database } from './database.ts';
import { carryEnvelope, type Expected, type LinkOf } from './envelopes.ts';
import { createWorkplace, keepLogs, layGround, SECRET } from './ground.ts';
import { injectFaults, type FaultKind } from './injector.ts';
import { judge, type Verdict } from './judge.ts';
import { randomOf } from './random.ts';

/** Envelopes that are signed at the same time; two cores are busy with it. */
const IN_FLIGHT = 6;
/** Envelopes that may wait for their sealing: more would only wait longer, since processes live for seconds here. */
const UNSEALED = 30;

export interface FaultsVerdict extends Verdict {
  readonly ok: boolean;
  readonly seed: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly seconds: number;
}

/** Whether sealing has kept up so far that another envelope should be begun. */
const keepsUp = async (database: Database): Promise<boolean> => {
  const [row] = await database.query<{ unsealed: number }>(`select count(*)::int as unsealed from "Envelope" where state <> 'COMPLETED'`);
  return row!.unsealed < UNSEALED;
};

/** Keeps envelopes in flight until it is told to stop; then waits for the last of them. */
const keepSigning = (client: Client, member: User, documentId: string, linkOf: LinkOf, database: Database, random: () => number) => {
  const expected: Expected[] = [];
  let going = true;
  const lane = async (): Promise<void> => {
    while (going) {
      if (await keepsUp(database)) expected.push(await carryEnvelope(client, member, documentId, linkOf, random));
      else await pause(500);
    }
  };
  const lanes = Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  // Who fails is awaited in the end; until then it is not unhandled.
  lanes.catch(() => undefined);
  return {
    expected,
    async stop() {
      going = false;
      await lanes;
    },
  };
};

/** Runs so many faults over envelopes in flight, and judges what is left when all is well again. */
export const runFaults = async ({ count, seed, say }: { readonly count: number; readonly seed: number; readonly say: (line: string) => void }): Promise<FaultsVerdict> => {
  const began = performance.now();
  const random = randomOf(seed);
  const workplace = await createWorkplace();
  try {
    const { database, disk, trust, timestamps, processes, logs, organizationId, member, documentId } = await layGround(workplace);
    const client = createClient(processes.map(({ url }) => url), SECRET, random);
    const signing = keepSigning(client, member, documentId, linkReader(database, SECRET), database, random);
    const faults = await injectFaults({ processes, database, timestamps, disk }, count, random, (done) => {
      if (done % 20 === 0 || done === count) say(`  ${done} of ${count} faults, ${signing.expected.length} envelopes signed by all`);
    });
    await signing.stop();
    say('  all is well again; waiting for what is in flight');
    const verdict = await judge({ database, filesDirectory: disk.directory, organizationId, trust: trust.root, expected: signing.expected, now: new Date() });
    const ok = verdict.lost.length + verdict.stuck.length + verdict.sealedTwice.length + verdict.wrong.length === 0;
    if (!ok) await keepLogs(workplace.folder, logs, say);
    return report({ ...verdict, ok, seed, faults, seconds: Math.round((performance.now() - began) / 1_000) }, disk.kind, say);
  } finally {
    await workplace.cleanUp();
  }
};

const report = (verdict: FaultsVerdict, disk: string, say: (line: string) => void): FaultsVerdict => {
  const { faults, envelopes, lost, stuck, sealedTwice, wrong, seconds, seed } = verdict;
  say('');
  for (const [kind, count] of Object.entries(faults)) say(`  ${kind.padEnd(26)}${String(count).padStart(5)}${kind === 'disk full' && count === 0 ? `  (${disk})` : ''}`);
  say('');
  const rows = { lost, stuck, 'sealed twice': sealedTwice, wrong };
  say(`  envelopes of three signers${String(envelopes).padStart(5)}   (seed ${seed}, ${seconds} s)`);
  for (const [name, list] of Object.entries(rows)) {
    say(`  ${name.padEnd(26)}${String(list.length).padStart(5)}`);
    for (const line of list.slice(0, 10)) say(`    ${line}`);
  }
  return verdict;
};
