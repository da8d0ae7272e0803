import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';

/** Makes the link of a letter and tells that it is to be sent. */
export const writeLetterTask = defineTask('write-letter', z.object({ proofId: z.string(), email: z.string(), purpose: z.enum(['VERIFY_EMAIL', 'RESET_PASSWORD']), expiresAt: z.iso.datetime() }));
export type LetterPayload = z.output<typeof writeLetterTask.schema>;

/** Starts signing tokens with a new key. */
export const rotateKeysTask = defineTask('rotate-signing-keys', z.object({}));

/** Deletes what no longer decides anything. */
export const sweepTask = defineTask('sweep', z.object({}));

