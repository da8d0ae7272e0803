import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const grantDocumentAccess: NonNullable<MutationResolvers['grantDocumentAccess']> = (_root, { input }, ctx) => useCases.grantDocumentAccess(ctx, input);
