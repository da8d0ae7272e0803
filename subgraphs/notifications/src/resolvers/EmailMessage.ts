import type { EmailMessageResolvers } from './../__generated__/types.ts';

export const EmailMessage: EmailMessageResolvers = {};
