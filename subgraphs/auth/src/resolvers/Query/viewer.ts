import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const viewer: NonNullable<QueryResolvers['viewer']> = (_root, _args, ctx) => useCases.viewViewer(ctx);
