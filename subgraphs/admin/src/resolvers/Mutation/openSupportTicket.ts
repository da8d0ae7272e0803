import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const openSupportTicket: NonNullable<MutationResolvers['openSupportTicket']> = (_root, { input }, ctx) => useCases.openSupportTicket(ctx, input);
