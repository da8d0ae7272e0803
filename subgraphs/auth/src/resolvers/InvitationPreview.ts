import type { InvitationPreviewResolvers } from './../__generated__/types.ts';

export const InvitationPreview: InvitationPreviewResolvers = {};
