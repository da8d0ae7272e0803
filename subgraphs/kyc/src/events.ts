import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

/** Subject: the verification. `decidedBy` is null when a check failed and no person decided. */
export const verificationDecided = defineEvent({
  name: 'kyc.verification-decided.v1',
  description: 'A verification ended: a reviewer verified or rejected the person, or a check failed.',
  schema: z.object({ verificationId: z.string(), recipientId: z.string().nullable(), state: z.enum(['VERIFIED', 'REJECTED']), decidedBy: z.string().nullable(), reason: z.string(), decidedAt: z.iso.datetime() }),
});

/** Subject: the verification. */
export const verificationExpired = defineEvent({
  name: 'kyc.verification-expired.v1',
  description: 'A verification is no longer to be relied on: nobody decided in time, or the document’s time is over.',
  schema: z.object({ verificationId: z.string(), recipientId: z.string().nullable(), expiredAt: z.iso.datetime() }),
});
