import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const configuration: NonNullable<QueryResolvers['configuration']> = (_root, _args, ctx) => useCases.readConfiguration(ctx);
