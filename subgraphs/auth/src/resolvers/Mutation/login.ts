import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const login: NonNullable<MutationResolvers['login']> = (_root, { input }, ctx) => useCases.login(ctx, input);
