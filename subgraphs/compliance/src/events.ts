import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

/** Subject: the envelope. */
export const envelopeChecked = defineEvent({
  name: 'compliance.envelope-checked.v1',
  description: 'A completed envelope was held against rules.',
  schema: z.object({ checkId: z.string(), envelopeId: z.string(), trigger: z.enum(['COMPLETION', 'REQUEST']), levels: z.array(z.object({ framework: z.string(), level: z.string() })), failed: z.number().int() }),
});
