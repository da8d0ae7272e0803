import type { QueryResolvers } from './../../__generated__/types.ts';

export const auditLogKeys: NonNullable<QueryResolvers['auditLogKeys']> = (_root, _args, ctx) => ctx.services.logKeys.published();
