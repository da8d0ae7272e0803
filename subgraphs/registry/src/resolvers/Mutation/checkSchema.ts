import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const checkSchema: NonNullable<MutationResolvers['checkSchema']> = (_root, { input }, ctx) => useCases.checkSchema(ctx, input);
