import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const changePassword: NonNullable<MutationResolvers['changePassword']> = (_root, { input }, ctx) => useCases.changePassword(ctx, input);
