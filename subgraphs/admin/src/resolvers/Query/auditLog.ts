import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const auditLog: NonNullable<QueryResolvers['auditLog']> = (_root, args, ctx) => useCases.listAuditLog(ctx, args);
