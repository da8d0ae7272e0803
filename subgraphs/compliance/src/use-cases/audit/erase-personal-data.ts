import { newId, Problem, requireUser } from '@buffrsign/kernel';
import type { Context } from '../../context.ts';
import { auditPersonalDataErased } from '../../events.ts';
import { appendEvent } from './append-event.ts';

export interface EraseAuditPersonalDataOutcome {
  readonly __typename: 'EraseAuditPersonalDataSuccess';
  readonly subjectId: string;
  readonly erasedEvents: number;
}

/**
 * Erases what the trail holds of somebody or something: data and salts, so that the commitments that stay say nothing. That
 * it was done, by whom, is itself an event of the trail.
 */
export const eraseAuditPersonalData = (ctx: Context, { subjectId }: { readonly subjectId: string }): Promise<EraseAuditPersonalDataOutcome> => {
  const { id: erasedById, organizationId } = requireUser(ctx.actor);
  return ctx.transaction(async (tx) => {
    const { count } = await tx.db.auditPersonalData.deleteMany({ where: { organizationId, subject: subjectId } });
    if (count === 0) throw new Problem('NOT_FOUND');
    const data = { subjectId, erasedById, erasedEvents: count };
    await tx.publish(auditPersonalDataErased, { subject: subjectId, organizationId }, data);
    await appendEvent(tx, { hashed: ['erasedEvents'] }, { factId: newId('era'), kind: auditPersonalDataErased.name, subject: subjectId, organizationId, occurredAt: tx.now, data });
    return { __typename: 'EraseAuditPersonalDataSuccess', subjectId, erasedEvents: count };
  });
};
