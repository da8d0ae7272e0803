import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';

/** Ends a verification whose time is over. */
export const expireVerificationTask = defineTask('expire-verification', z.object({ verificationId: z.string() }));
