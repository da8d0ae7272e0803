import { newId } from '@buffrsign/kernel';
import { planConsistency, planRoot, resolvePlan, signCheckpoint, verifyConsistency, type Checkpoint } from '@buffrsign/transparency';
import type { AuditCheckpoint } from '../../__generated__/prisma/client.ts';
import type { Tx } from '../../context.ts';
import type { SigningLogKey } from '../../services/log-keys.ts';
import { anchorCheckpointTask } from '../../tasks/definitions.ts';
import { asAuditWriter } from './as-writer.ts';
import { lockTrail } from './lock-trail.ts';
import { readNodes } from './nodes.ts';

/** The log of an organization: one of the platform's, named after both. */
export const originOf = (logName: string, organizationId: string): string => `${logName}/${organizationId}`;

/** The root of the trail now, once it is seen to have grown from the last checkpoint: nothing that contradicts it is ever signed. */
const grownRoot = async (tx: Tx, organizationId: string, size: number, last: AuditCheckpoint | null): Promise<Uint8Array> => {
  const rootPlan = planRoot(size);
  const growth = last && planConsistency(last.size, size);
  const read = await readNodes(tx.db, organizationId, [...rootPlan.nodes, ...(growth?.nodes ?? [])]);
  const root = resolvePlan(rootPlan, read)[0]!;
  if (!last || !growth) return root;
  const grew = verifyConsistency({ size1: last.size, root1: Buffer.from(last.root, 'hex'), size2: size, root2: root, proof: resolvePlan(growth, read) });
  if (!grew) throw new Error(`The trail of ${organizationId} did not grow out of its checkpoint ${last.id}: its rows were tampered with. No checkpoint is made.`);
  return root;
};

/** Signs the state of a trail, unless that state is signed already; null for a trail with nothing in it. A job then gets its timestamp. */
export const makeCheckpoint = async (tx: Tx, key: SigningLogKey, organizationId: string): Promise<AuditCheckpoint | null> => {
  await lockTrail(tx, organizationId);
  const [newest, last] = [
    await tx.db.auditEvent.findFirst({ where: { organizationId }, orderBy: { sequence: 'desc' }, select: { sequence: true } }),
    await tx.db.auditCheckpoint.findFirst({ where: { organizationId }, orderBy: { size: 'desc' } }),
  ];
  if (!newest) return null;
  const size = newest.sequence + 1;
  if (last?.size === size) return last;
  const checkpoint: Checkpoint = { origin: originOf(key.name, organizationId), size, root: await grownRoot(tx, organizationId, size, last) };
  const row = { id: newId('acp'), organizationId, size, root: Buffer.from(checkpoint.root).toString('hex'), note: signCheckpoint(checkpoint, key.privateKey), createdAt: tx.now };
  await asAuditWriter(tx, () => tx.db.auditCheckpoint.createMany({ data: row }));
  await tx.db.auditAnchoring.createMany({ data: { checkpointId: row.id, organizationId, attempts: 0 } });
  await tx.enqueue(anchorCheckpointTask, { checkpointId: row.id }, { key: `anchor:${row.id}` });
  return row;
};
