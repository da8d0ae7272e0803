import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const eraseAuditPersonalData: NonNullable<MutationResolvers['eraseAuditPersonalData']> = (_root, { input }, ctx) => useCases.eraseAuditPersonalData(ctx, input);
