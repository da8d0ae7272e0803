import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const logoutEverywhere: NonNullable<MutationResolvers['logoutEverywhere']> = (_root, _args, ctx) => useCases.logoutEverywhere(ctx);
