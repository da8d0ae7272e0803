import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const previewEmailTemplate: NonNullable<QueryResolvers['previewEmailTemplate']> = (_root, args, ctx) => useCases.previewEmailTemplate(ctx, args);
