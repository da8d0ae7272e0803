import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const auditCheckpoints: NonNullable<QueryResolvers['auditCheckpoints']> = (_root, args, ctx) => useCases.listAuditCheckpoints(ctx, args);
