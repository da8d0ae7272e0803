import type { Timestamp } from '@buffrsign/pades';
import { anchorDigest } from '@buffrsign/transparency';
import type { AuditCheckpoint } from '../../__generated__/prisma/client.ts';
import type { Tools } from '../../context.ts';
import { anchorRetryAfterSeconds } from '../../domain/audit/anchor-retry.ts';
import { anchorCheckpointTask } from '../../tasks/definitions.ts';
import { asAuditWriter } from './as-writer.ts';

const MAX_ERROR = 500;

const keepAnchor = (tools: Tools, { id: checkpointId, organizationId }: AuditCheckpoint, { token, genTime, authority }: Timestamp): Promise<void> =>
  tools.transaction(async (tx) => {
    const data = { checkpointId, organizationId, token: Uint8Array.from(token), time: genTime, authority };
    await asAuditWriter(tx, () => tx.db.auditAnchor.createMany({ data, skipDuplicates: true }));
    await tx.db.auditAnchoring.update({ where: { checkpointId }, data: { attempts: { increment: 1 }, lastError: null, lastTriedAt: tx.now } });
  });

/** Keeps why there is no timestamp, for people to see, and tries again later; without end. */
const keepFailure = (tools: Tools, { id: checkpointId }: AuditCheckpoint, error: unknown): Promise<void> =>
  tools.transaction(async (tx) => {
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR);
    const { attempts } = await tx.db.auditAnchoring.update({ where: { checkpointId }, data: { attempts: { increment: 1 }, lastError, lastTriedAt: tx.now } });
    const runAt = new Date(tx.now.getTime() + anchorRetryAfterSeconds(attempts) * 1_000);
    await tx.enqueue(anchorCheckpointTask, { checkpointId }, { key: `anchor:${checkpointId}`, runAt });
  });

/** Has the moment of a checkpoint witnessed by a timestamp authority. Done twice, the first timestamp stays. */
export const anchorCheckpoint = async (tools: Tools, checkpointId: string): Promise<void> => {
  const checkpoint = await tools.db.auditCheckpoint.findUnique({ where: { id: checkpointId } });
  if (!checkpoint || (await tools.db.auditAnchor.findUnique({ where: { checkpointId }, select: { checkpointId: true } }))) return;
  let timestamp: Timestamp;
  try {
    timestamp = await tools.services.timestamps.authority.timestamp(anchorDigest(checkpoint.note));
  } catch (error) {
    tools.log.warn({ err: error, checkpoint: checkpointId }, 'a checkpoint of an audit trail has no timestamp yet; trying again');
    return keepFailure(tools, checkpoint, error);
  }
  await keepAnchor(tools, checkpoint, timestamp);
};
