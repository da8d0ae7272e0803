import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const removeWidget: NonNullable<MutationResolvers['removeWidget']> = (_root, { input }, ctx) => useCases.removeWidget(ctx, input);
