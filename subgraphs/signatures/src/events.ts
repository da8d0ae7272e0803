import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

const envelope = { envelopeId: z.string(), title: z.string(), documentId: z.string(), senderId: z.string() };
const recipient = { recipientId: z.string(), name: z.string(), email: z.string(), routingOrder: z.number().int() };
const person = z.object(recipient);

/** From where somebody acted and how it was known who they are. Absent in facts of before 2026-11. */
const evidence = { ip: z.string().nullish(), userAgent: z.string().nullish(), identification: z.string().nullish() };

// The subject of every fact here is the envelope: whoever follows one envelope follows one subject.

export const envelopeSent = defineEvent({
  name: 'signatures.envelope-sent.v1',
  description: 'The sender sent an envelope; its recipients are asked in routing order.',
  schema: z.object({ ...envelope, recipients: z.array(person), sentAt: z.iso.datetime(), expiresAt: z.iso.datetime() }),
});

/** `sealedLink` is the signing link, encrypted with the platform's data key (kernel `open`): a log never shows a way in. */
export const recipientSent = defineEvent({
  name: 'signatures.recipient-sent.v1',
  description: "It is a recipient's turn to sign; they are sent their signing link. Said again when the link is sent anew.",
  schema: z.object({ ...envelope, ...recipient, message: z.string().nullable(), sealedLink: z.string(), expiresAt: z.iso.datetime() }),
});

export const recipientDelivered = defineEvent({
  name: 'signatures.recipient-delivered.v1',
  description: 'A recipient opened the envelope for the first time.',
  schema: z.object({ ...envelope, ...recipient, ...evidence, deliveredAt: z.iso.datetime() }),
});

export const recipientCompleted = defineEvent({
  name: 'signatures.recipient-completed.v1',
  description: 'A recipient signed. `remaining` recipients have yet to sign.',
  schema: z.object({
    ...envelope,
    ...recipient,
    ...evidence,
    remaining: z.number().int(),
    completedAt: z.iso.datetime(),
    consentedAt: z.iso.datetime().nullish(),
    consentTextSha256: z.string().nullish(),
  }),
});

export const recipientDeclined = defineEvent({
  name: 'signatures.recipient-declined.v1',
  description: 'A recipient declined to sign; the envelope is declined with them.',
  schema: z.object({ ...envelope, ...recipient, reason: z.string(), declinedAt: z.iso.datetime() }),
});

/** `QUEUED` stands in facts of before 2026-11 only; what is optional is not in them. */
export const sealingProgressed = defineEvent({
  name: 'signatures.sealing-progressed.v1',
  description: 'Sealing of an envelope went on to another state, or has one signature more.',
  schema: z.object({
    ...envelope,
    state: z.enum(['QUEUED', 'PREPARING', 'STAMPING', 'SIGNING', 'TIMESTAMPING', 'SEALED', 'WAITING', 'ENDED']),
    reason: z.string().nullable(),
    signaturesApplied: z.number().int().optional(),
    signaturesExpected: z.number().int().optional(),
    levelRequired: z.string().nullish(),
    levelReached: z.string().nullish(),
    timestampAuthority: z.string().nullish(),
  }),
});

const signature = z.object({ recipientId: z.string(), certificateSerial: z.string().nullable(), timestampAuthority: z.string().nullable(), timestampedAt: z.iso.datetime().nullable() });

/** `sha256` finds the sealed PDF in the file store of the organization. What is optional is not in facts of before 2026-11. */
export const envelopeCompleted = defineEvent({
  name: 'signatures.envelope-completed.v1',
  description: 'All have signed and the sealed PDF is there.',
  schema: z.object({
    ...envelope,
    recipients: z.array(person),
    sha256: z.string(),
    size: z.number().int(),
    completedAt: z.iso.datetime(),
    level: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA']).optional(),
    documentSha256: z.string().optional(),
    originalSha256: z.string().optional(),
    signatures: z.array(signature).optional(),
  }),
});

export const envelopeDeclined = defineEvent({
  name: 'signatures.envelope-declined.v1',
  description: 'A recipient declined; nobody is asked any more.',
  schema: z.object({ ...envelope, recipients: z.array(person), declinedBy: z.string(), reason: z.string(), declinedAt: z.iso.datetime() }),
});

export const envelopeVoided = defineEvent({
  name: 'signatures.envelope-voided.v1',
  description: 'The sender took the envelope back, or it expired; nobody is asked any more.',
  schema: z.object({ ...envelope, recipients: z.array(person), reason: z.string(), expired: z.boolean(), voidedAt: z.iso.datetime() }),
});
