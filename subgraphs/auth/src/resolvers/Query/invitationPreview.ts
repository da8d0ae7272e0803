import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const invitationPreview: NonNullable<QueryResolvers['invitationPreview']> = (_root, { token }, ctx) => useCases.previewInvitation(ctx, token);
