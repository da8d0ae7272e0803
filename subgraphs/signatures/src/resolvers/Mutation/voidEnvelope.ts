import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const voidEnvelope: NonNullable<MutationResolvers['voidEnvelope']> = (_root, { input }, ctx) => useCases.voidEnvelope(ctx, input);
