import type { EmailPreviewResolvers } from './../__generated__/types.ts';

export const EmailPreview: EmailPreviewResolvers = {};
