import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const complianceRules: NonNullable<QueryResolvers['complianceRules']> = (_root, args) => useCases.listComplianceRules(args);
