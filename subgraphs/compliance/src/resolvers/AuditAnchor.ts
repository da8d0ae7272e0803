import type { AuditAnchorResolvers } from './../__generated__/types.ts';

export const AuditAnchor: AuditAnchorResolvers = {};
