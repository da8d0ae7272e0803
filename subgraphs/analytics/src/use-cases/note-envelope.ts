import type { EnvelopeOutcome } from '../__generated__/prisma/client.ts';
import type { Work } from '../context.ts';

type Course = { readonly sentAt: Date } | { readonly outcome: EnvelopeOutcome; readonly endedAt: Date };

/** Notes a step in the course of an envelope; its end may be heard of before its beginning. */
export const noteEnvelope = async (tx: Work, organizationId: string, envelopeId: string, course: Course): Promise<void> => {
  await tx.db.envelopeCourse.upsert({ where: { id: envelopeId }, create: { id: envelopeId, organizationId, ...course }, update: course });
};
