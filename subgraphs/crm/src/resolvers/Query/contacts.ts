import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const contacts: NonNullable<QueryResolvers['contacts']> = (_root, args, ctx) => useCases.listContacts(ctx, args);
