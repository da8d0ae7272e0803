import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createEvidenceBundle: NonNullable<MutationResolvers['createEvidenceBundle']> = (_root, { input }, ctx) => useCases.createEvidenceBundle(ctx, input);
