import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createRole: NonNullable<MutationResolvers['createRole']> = (_root, { input }, ctx) => useCases.createRole(ctx, input);
