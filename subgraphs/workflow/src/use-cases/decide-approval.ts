import { found, once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Approval } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { decisionModel } from '../domain/approval.ts';
import { isAsked } from '../policies.ts';
import { settleApproval } from './settle-approval.ts';

export type DecideApprovalOutcome =
  | { readonly __typename: 'DecideApprovalSuccess'; readonly approval: Approval }
  | { readonly __typename: 'ApprovalDecidedError'; readonly message: string; readonly approval: Approval }
  | { readonly __typename: 'NotYourApprovalError'; readonly message: string; readonly approver: { readonly id: string } }
  | InvalidInput;

const notYours = ({ approverId }: Approval): DecideApprovalOutcome => ({ __typename: 'NotYourApprovalError', message: 'Another member is asked for this. Let them decide.', approver: { id: approverId } });

const decidedBefore = (approval: Approval): DecideApprovalOutcome => {
  const how = approval.status === 'PENDING' || approval.status === 'EXPIRED' ? 'The time to decide is over' : `It was decided before (${approval.status})`;
  return { __typename: 'ApprovalDecidedError', message: `${how}. Ask for a new approval if it is needed.`, approval };
};

export const decideApproval = async (ctx: Context, input: { readonly id: string }): Promise<DecideApprovalOutcome> => {
  const { id: actorId, organizationId } = requireUser(ctx.actor);
  const read = readInput(decisionModel, input);
  if ('refusal' in read) return read.refusal;
  const { decision, comment = null, idempotencyKey: key } = read.data;
  const asked = found(await ctx.load.approval.load(input.id));
  if (!isAsked(actorId, asked)) return notYours(asked);

  return ctx.transaction(async (tx) => {
    const counts = await once(tx, { actorId, organizationId, operation: 'decideApproval', key, input }, async () => {
      const status = decision === 'APPROVE' ? 'APPROVED' : 'REJECTED';
      // Of several answers the database takes the first: the others find it pending no more.
      const open = { id: asked.id, organizationId, status: 'PENDING', expiresAt: { gt: tx.now } } as const;
      const [decided] = await tx.db.approval.updateManyAndReturn({ where: open, data: { status, comment, decidedAt: tx.now } });
      if (decided) await settleApproval(tx, decided, status);
      return decided !== undefined;
    });
    const approval = await tx.db.approval.findUniqueOrThrow({ where: { id: asked.id } });
    return counts ? { __typename: 'DecideApprovalSuccess', approval } : decidedBefore(approval);
  });
};
