import type { ComplianceDeclarationResolvers } from './../__generated__/types.ts';

export const ComplianceDeclaration: ComplianceDeclarationResolvers = {};
