export type { EmailAttempt as EmailAttemptMapper, EmailMessage as EmailMessageMapper } from '../__generated__/prisma/client.ts';
