import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const auditEvents: NonNullable<QueryResolvers['auditEvents']> = (_root, args, ctx) => useCases.listAuditEvents(ctx, args);
