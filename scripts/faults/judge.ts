import { openFileStore } from '@buffrsign/files';
import { verifyPdf } from '@buffrsign/pades';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './database.ts';
import type { Expected } from './envelopes.ts';

/** Nothing has moved for so long: what is left is stuck. */
const PATIENCE_MS = 120_000;

interface Outcome {
  readonly id: string;
  readonly state: string;
  readonly sealing: string;
  readonly reason: string | null;
  readonly sha256: string | null;
  readonly completions: number;
  readonly unfinished: number;
  readonly finished: number;
}

const OUTCOMES = `
  select e.id, e.state, s.state as sealing, s.reason, s.sha256,
    (select count(*)::int from "OutboxMessage" o where o.type = 'signatures.envelope-completed.v1' and o.subject = e.id) as completions,
    (select count(*)::int from "SealingStep" p where p."envelopeId" = e.id and p."doneAt" is null) as unfinished,
    (select count(*)::int from "SealingStep" p where p."envelopeId" = e.id and p."doneAt" is not null) as finished
  from "Envelope" e join "Sealing" s on s."envelopeId" = e.id where e.id = any($1)`;

/** Whether a sealed PDF is what it must be: valid, at the level asked for, with the platform's seal and each signer's signature once. */
const faultsOf = (pdf: Uint8Array, signers: number, trust: Uint8Array, now: Date): string[] => {
  const { verdict, level, signatures } = verifyPdf(pdf, { trust: [trust], now });
  const of = (kind: string): number => signatures.filter((signature) => signature.kind === kind).length;
  return [
    ...(verdict === 'VALID' ? [] : [`is ${verdict}`]),
    ...(level === 'B-LTA' ? [] : [`reaches ${level ?? 'no level'}`]),
    ...(of('CERTIFICATION') === 1 ? [] : [`bears ${of('CERTIFICATION')} seals`]),
    ...(of('APPROVAL') === signers ? [] : [`bears ${of('APPROVAL')} signatures of ${signers} signers`]),
    ...(of('DOC_TIMESTAMP') === 1 ? [] : [`bears ${of('DOC_TIMESTAMP')} document timestamps`]),
  ];
};

/** All that was done for them, so that a backlog which is worked off is not taken for one that is stuck. */
const progressOf = (outcomes: readonly Outcome[]): number => outcomes.reduce((sum, { finished, completions }) => sum + finished + completions, 0);

/** Waits until all are completed, or until nothing moves any more. */
const settled = async (database: Database, ids: readonly string[]): Promise<readonly Outcome[]> => {
  for (let [progress, since] = [-1, performance.now()]; ; await pause(500)) {
    const outcomes = await database.query<Outcome>(OUTCOMES, [ids]);
    if (progressOf(outcomes) !== progress) [progress, since] = [progressOf(outcomes), performance.now()];
    if (performance.now() - since > PATIENCE_MS || outcomes.every(({ state }) => state === 'COMPLETED')) return outcomes;
  }
};

export interface Verdict {
  readonly envelopes: number;
  readonly lost: readonly string[];
  readonly stuck: readonly string[];
  readonly sealedTwice: readonly string[];
  readonly wrong: readonly string[];
}

/** Once all is well again: looks at every envelope that was ever sent and at its sealed PDF. */
export const judge = async (options: { database: Database; filesDirectory: string; organizationId: string; trust: Uint8Array; expected: readonly Expected[]; now: Date }): Promise<Verdict> => {
  const { database, filesDirectory, organizationId, trust, expected, now } = options;
  const outcomes = new Map((await settled(database, expected.map(({ envelopeId }) => envelopeId))).map((outcome) => [outcome.id, outcome]));
  const files = await openFileStore({ kind: 'disk', directory: filesDirectory });
  const [lost, stuck, sealedTwice, wrong]: string[][] = [[], [], [], []];
  for (const { envelopeId, recipientIds } of expected) {
    const outcome = outcomes.get(envelopeId);
    if (!outcome) lost!.push(envelopeId);
    else if (outcome.state !== 'COMPLETED' || outcome.sealing !== 'SEALED' || !outcome.sha256) stuck!.push(`${envelopeId} is ${outcome.state}, sealing ${outcome.sealing}: ${outcome.reason ?? 'no reason'}`);
    else {
      if (outcome.completions !== 1 || outcome.unfinished !== 0) sealedTwice!.push(`${envelopeId}: completed ${outcome.completions} times, ${outcome.unfinished} steps not done`);
      wrong!.push(...faultsOf(await files.readAll(organizationId, outcome.sha256), recipientIds.length, trust, now).map((fault) => `${envelopeId} ${fault}`));
    }
  }
  await files.close();
  return { envelopes: expected.length, lost: lost!, stuck: stuck!, sealedTwice: sealedTwice!, wrong: wrong! };
};
