import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';

/** Sends one message, or tries to. */
export const sendEmailTask = defineTask('send-email', z.object({ messageId: z.string() }));
