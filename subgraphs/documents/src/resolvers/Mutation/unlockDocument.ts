import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const unlockDocument: NonNullable<MutationResolvers['unlockDocument']> = (_root, { input }, ctx) => useCases.unlockDocument(ctx, input);
