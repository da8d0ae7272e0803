import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

/** Subject: the envelope. */
export const envelopeChecked = defineEvent({
  name: 'compliance.envelope-checked.v1',
  description: 'A completed envelope was held against rules.',
  schema: z.object({ checkId: z.string(), envelopeId: z.string(), trigger: z.enum(['COMPLETION', 'REQUEST']), levels: z.array(z.object({ framework: z.string(), level: z.string() })), failed: z.number().int() }),
});

/** Subject: whom or what the data were about. */
export const auditPersonalDataErased = defineEvent({
  name: 'compliance.audit-personal-data-erased.v1',
  description: 'The audit trail holds nothing personal any more of somebody or something. Its events stay, and stay proven.',
  schema: z.object({ subjectId: z.string(), erasedById: z.string(), erasedEvents: z.number().int() }),
});
