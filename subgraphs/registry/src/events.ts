import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

/** Subject: the key. */
export const apiKeyCreated = defineEvent({
  name: 'registry.api-key-created.v1',
  description: 'A member made a key for a program. The fact shows the prefix, never the secret.',
  schema: z.object({ apiKeyId: z.string(), apiClientId: z.string(), prefix: z.string(), scopes: z.array(z.string()), createdBy: z.string(), expiresAt: z.iso.datetime().nullable() }),
});

/** Subject: the key. */
export const apiKeyRevoked = defineEvent({
  name: 'registry.api-key-revoked.v1',
  description: 'A member took a key back; it must not be accepted any more.',
  schema: z.object({ apiKeyId: z.string(), apiClientId: z.string(), prefix: z.string(), revokedBy: z.string(), revokedAt: z.iso.datetime() }),
});

/** Subject: the schema version. */
export const schemaVersionPublished = defineEvent({
  name: 'registry.schema-version-published.v1',
  description: 'A member published the API schema as a new version.',
  schema: z.object({ schemaVersionId: z.string(), number: z.number().int(), sha256: z.string(), breakingChanges: z.number().int(), publishedBy: z.string() }),
});
