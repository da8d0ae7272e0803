import type { QueryResolvers } from './../../__generated__/types.ts';
import { models } from '../../domain/model.ts';

export const analysisModels: NonNullable<QueryResolvers['analysisModels']> = () => [...models];
