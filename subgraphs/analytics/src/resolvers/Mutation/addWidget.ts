import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const addWidget: NonNullable<MutationResolvers['addWidget']> = (_root, { input }, ctx) => useCases.addWidget(ctx, input);
