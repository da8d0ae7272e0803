import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';
import { suggestedFieldModel } from './domain/suggested-field.ts';

const page = z.object({ number: z.number().int().min(1), width: z.number(), height: z.number() });

/**
 * Subject: the document. `sha256` finds the PDF that is signed, `textSha256` its text (JSON array, one string a page), in
 * the file store of the organization; `originalSha256` finds the PDF as it was uploaded. Page sizes are in points, as
 * displayed. `signed`: the PDF carries signatures and may only be appended to, into `emptySignatureFields` or new ones.
 * `fields` are what the document itself asks to have filled in: fractions of the page as displayed, origin top left.
 * The last four are missing from facts of before uploads were prepared.
 */
export const documentReady = defineEvent({
  name: 'documents.document-ready.v1',
  description: 'An uploaded PDF was prepared for signing and can be used.',
  schema: z.object({
    documentId: z.string(),
    versionId: z.string(),
    title: z.string(),
    sha256: z.string(),
    textSha256: z.string(),
    size: z.number().int(),
    pages: z.array(page),
    uploadedBy: z.string(),
    originalSha256: z.string().exactOptional(),
    signed: z.boolean().exactOptional(),
    emptySignatureFields: z.array(z.string()).exactOptional(),
    fields: z.array(suggestedFieldModel.omit({ value: true })).exactOptional(),
  }),
});

/** Subject: the document. */
export const documentRefused = defineEvent({
  name: 'documents.document-refused.v1',
  description: 'An uploaded file cannot be used; the reason is named.',
  schema: z.object({ documentId: z.string(), title: z.string(), refusal: z.string(), message: z.string(), uploadedBy: z.string() }),
});

/** Subject: the document. */
export const documentVersionAdded = defineEvent({
  name: 'documents.document-version-added.v1',
  description: 'A document has a further version: the sealed PDF of an envelope.',
  schema: z.object({ documentId: z.string(), versionId: z.string(), kind: z.enum(['SEALED']), sha256: z.string(), size: z.number().int(), envelopeId: z.string() }),
});

/** Subject: the document. */
export const documentDeleted = defineEvent({
  name: 'documents.document-deleted.v1',
  description: 'A document was deleted by a member. Sealed files of completed envelopes stay.',
  schema: z.object({ documentId: z.string(), deletedBy: z.string() }),
});

/** Subject: the document. Said of what a member did; recipients of an envelope are let in by its being sent. */
export const documentAccessGranted = defineEvent({
  name: 'documents.document-access-granted.v1',
  description: 'A member let a recipient of an envelope read a further document.',
  schema: z.object({ documentId: z.string(), accessId: z.string(), envelopeId: z.string(), recipientId: z.string(), grantedById: z.string() }),
});

/** Subject: the document. */
export const documentAccessRevoked = defineEvent({
  name: 'documents.document-access-revoked.v1',
  description: 'A member ended the access of a recipient to a document.',
  schema: z.object({ documentId: z.string(), accessId: z.string(), envelopeId: z.string(), recipientId: z.string(), revokedById: z.string() }),
});
