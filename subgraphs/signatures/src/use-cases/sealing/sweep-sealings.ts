import type { Tools } from '../../context.ts';
import { enqueueSealing, sealingJobKey } from '../../tasks/definitions.ts';

/** Sealings looked at in one go; the next minute takes the next ones. */
const BATCH = 500;

/**
 * Finds every envelope in flight that has a step to do and no job that will do it, and leaves one. Jobs are left in the
 * transaction of their cause, so there should be none; should a job be lost all the same, its envelope is not.
 */
export const sweepSealings = async (tools: Tools): Promise<void> => {
  const lost = await tools.db.$queryRaw<{ envelopeId: string }[]>`
    select s."envelopeId" from "Sealing" s
    where s.state not in ('SEALED', 'ENDED')
      and exists (select 1 from "SealingStep" t where t."envelopeId" = s."envelopeId" and t."doneAt" is null)
      and not exists (select 1 from graphile_worker.jobs j where j.key = ${sealingJobKey('')} || s."envelopeId" and j.attempts < j.max_attempts)
    order by s."envelopeId" limit ${BATCH}`;
  for (const { envelopeId } of lost) {
    tools.log.warn({ envelopeId }, 'a sealing had no job; it gets one');
    await tools.transaction((tx) => enqueueSealing(tx, envelopeId));
  }
};
