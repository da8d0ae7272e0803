import { Problem, requireUser } from '@buffrsign/kernel';
import type { Context } from '../../context.ts';
import { buildBundle, type BuiltBundle } from './build-bundle.ts';
import { checkpointTrail } from './checkpoint-trails.ts';

/** The evidence of an envelope as it is; null while no checkpoint covers any of it. */
export const readEvidence = (ctx: Context, envelopeId: string): Promise<BuiltBundle | null> => buildBundle(ctx, requireUser(ctx.actor).organizationId, envelopeId);

export interface CreateEvidenceBundleOutcome {
  readonly __typename: 'CreateEvidenceBundleSuccess';
  readonly evidenceBundle: BuiltBundle;
}

/** The evidence of an envelope with everything that is in the trail now: makes a checkpoint where there is none for it. */
export const createEvidenceBundle = async (ctx: Context, { envelopeId }: { readonly envelopeId: string }): Promise<CreateEvidenceBundleOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const last = await ctx.db.auditEvent.findFirst({ where: { organizationId, threadId: envelopeId }, orderBy: { threadNumber: 'desc' } });
  if (!last) throw new Problem('NOT_FOUND');
  const covered = await ctx.db.auditCheckpoint.findFirst({ where: { organizationId, size: { gt: last.sequence } }, select: { id: true } });
  if (!covered) await checkpointTrail(ctx, organizationId);
  const evidenceBundle = await buildBundle(ctx, organizationId, envelopeId);
  if (!evidenceBundle) throw new Error(`There is no evidence of ${envelopeId} although a checkpoint covers it.`);
  return { __typename: 'CreateEvidenceBundleSuccess', evidenceBundle };
};
