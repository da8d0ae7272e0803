import { z } from 'zod';

/** Why somebody ends an envelope. Others read it. */
export const reasonModel = z.object({ reason: z.string().trim().min(1, 'Say why.').max(1000, 'A reason has at most 1000 characters.') });
