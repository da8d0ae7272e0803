import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const envelopesAwaitingMe: NonNullable<QueryResolvers['envelopesAwaitingMe']> = (_root, args, ctx) => useCases.listEnvelopesAwaitingMe(ctx, args);
