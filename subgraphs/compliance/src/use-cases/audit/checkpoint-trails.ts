import type { AuditCheckpoint } from '../../__generated__/prisma/client.ts';
import type { Tools } from '../../context.ts';
import { checkpointTrailTask } from '../../tasks/definitions.ts';
import { makeCheckpoint } from './make-checkpoint.ts';

/** Makes a checkpoint of one trail, when there is something new in it. */
export const checkpointTrail = async (tools: Tools, organizationId: string): Promise<AuditCheckpoint | null> => {
  const key = await tools.services.logKeys.current();
  return tools.transaction((tx) => makeCheckpoint(tx, key, organizationId));
};

/** Leaves a job for every trail with something new in it. */
export const checkpointTrails = (tools: Tools): Promise<void> =>
  tools.transaction(async (tx) => {
    const grown = await tx.sql.$queryRaw<{ organizationId: string }[]>`
      select t."organizationId" from "AuditTrail" t
      where (select max(e.sequence) + 1 from "AuditEvent" e where e."organizationId" = t."organizationId")
        > coalesce((select max(c.size) from "AuditCheckpoint" c where c."organizationId" = t."organizationId"), 0)`;
    for (const { organizationId } of grown) await tx.enqueue(checkpointTrailTask, { organizationId }, { key: `checkpoint:${organizationId}` });
  });
