import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const emailTemplates: NonNullable<QueryResolvers['emailTemplates']> = (_root, _args, ctx) => useCases.listEmailTemplates(ctx);
