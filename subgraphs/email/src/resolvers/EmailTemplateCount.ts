import type { EmailTemplateCountResolvers } from './../__generated__/types.ts';

export const EmailTemplateCount: EmailTemplateCountResolvers = {};
