import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const dashboards: NonNullable<QueryResolvers['dashboards']> = (_root, args, ctx) => useCases.listDashboards(ctx, args);
