import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateWidget: NonNullable<MutationResolvers['updateWidget']> = (_root, { input }, ctx) => useCases.updateWidget(ctx, input);
