import type { ApprovalResolvers } from './../__generated__/types.ts';
import { documentOf, envelopeOf, userOf } from './references.ts';

export const Approval: ApprovalResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.approval.load(id),
  document: ({ subjectId }) => documentOf(subjectId),
  envelope: ({ subjectId }) => envelopeOf(subjectId),
  approver: ({ approverId }) => ({ id: approverId }),
  requestedBy: ({ requestedById }) => userOf(requestedById),
};
