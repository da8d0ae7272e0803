import type { EmailAttemptResolvers } from './../__generated__/types.ts';

export const EmailAttempt: EmailAttemptResolvers = {};
