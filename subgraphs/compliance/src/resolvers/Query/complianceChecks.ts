import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const complianceChecks: NonNullable<QueryResolvers['complianceChecks']> = (_root, args, ctx) => useCases.listComplianceChecks(ctx, args);
