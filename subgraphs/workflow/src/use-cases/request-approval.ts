import { once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Approval } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { requestModel, subjectModel } from '../domain/approval.ts';
import { askForApproval } from './ask-for-approval.ts';
import { findNonMember } from './claims.ts';
import { findSubject } from './find-subject.ts';
import { unknownMember, unknownSubject, type UnknownMember, type UnknownSubject } from './refusals.ts';

export type RequestApprovalOutcome = { readonly __typename: 'RequestApprovalSuccess'; readonly approval: Approval } | UnknownSubject | UnknownMember | InvalidInput;

type Kept = { readonly approvalId: string } | { readonly refusal: UnknownSubject | UnknownMember };

const model = z.intersection(requestModel, subjectModel.transform((subject) => ({ subject })));

export const requestApproval = async (ctx: Context, input: unknown): Promise<RequestApprovalOutcome> => {
  const { id: requestedById, organizationId } = requireUser(ctx.actor);
  const read = readInput(model, input);
  if ('refusal' in read) return read.refusal;
  const { subject, approverId, message = null, expiresInDays, idempotencyKey: key } = read.data;

  return ctx.transaction(async (tx) => {
    const kept = await once(tx, { actorId: requestedById, organizationId, operation: 'requestApproval', key, input }, async (): Promise<Kept> => {
      if (!(await findSubject(tx, organizationId, subject))) return { refusal: unknownSubject };
      if (await findNonMember(tx, organizationId, [approverId])) return { refusal: unknownMember(approverId) };
      const question = { organizationId, subjectId: subject.id, executionId: null, stepExecutionId: null, approverId, requestedById, message, expiresInDays };
      return { approvalId: (await askForApproval(tx, question)).id };
    });
    if ('refusal' in kept) return kept.refusal;
    return { __typename: 'RequestApprovalSuccess', approval: await tx.db.approval.findUniqueOrThrow({ where: { id: kept.approvalId } }) };
  });
};
