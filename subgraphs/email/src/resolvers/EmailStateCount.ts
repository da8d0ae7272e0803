import type { EmailStateCountResolvers } from './../__generated__/types.ts';

export const EmailStateCount: EmailStateCountResolvers = {};
