import type { ApprovalStepResolvers } from './../__generated__/types.ts';

export const ApprovalStep: ApprovalStepResolvers = {
  approver: ({ approverId }) => ({ id: approverId }),
};
