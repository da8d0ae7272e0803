import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const revokeDocumentAccess: NonNullable<MutationResolvers['revokeDocumentAccess']> = (_root, { input }, ctx) => useCases.revokeDocumentAccess(ctx, input);
