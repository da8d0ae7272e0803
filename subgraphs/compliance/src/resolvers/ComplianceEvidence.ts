import type { ComplianceEvidenceResolvers } from './../__generated__/types.ts';

export const ComplianceEvidence: ComplianceEvidenceResolvers = {
  sentAt: ({ sentAt }) => (sentAt === null ? null : new Date(sentAt)),
  completedAt: ({ completedAt }) => new Date(completedAt),
};
