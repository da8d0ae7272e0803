import { memberChanged, memberInvited, memberJoined, memberLeft, organizationChanged, organizationCreated } from '@buffrsign/auth/events';
import { documentAccessGranted, documentAccessRevoked, documentDeleted, documentReady, documentRefused, documentVersionAdded } from '@buffrsign/documents/events';
import { on, type EventDefinition, type Handler } from '@buffrsign/kernel';
import { envelopeCompleted, envelopeDeclined, envelopeSent, envelopeVoided, recipientCompleted, recipientDeclined, recipientDelivered, recipientSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import type { AuditedKind } from '../domain/audit/audited-kind.ts';
import { appendEvent } from '../use-cases/index.ts';

const audit = (event: EventDefinition, kind: AuditedKind): Handler<Work> =>
  on<Work>()(event, (tx, { id: factId, type, subject, organizationid: organizationId, time, data }) =>
    appendEvent(tx, kind, { factId, kind: type, subject, organizationId, occurredAt: new Date(time), data: data as Readonly<Record<string, unknown>> }),
  );

/** What every fact about an envelope has: its title, and the words that its sender added. */
const envelope = { thing: 'envelopeId', ofThing: ['title', 'message'], people: { recipients: 'recipientId' } } as const;
/** Who acted, and how that was known. Names, addresses, IP address and user agent are personal: they are not named here. */
const recipient = { ...envelope, person: 'recipientId', hashed: ['routingOrder', 'remaining', 'identification'] } as const;

/**
 * What is evidence, and which of its fields are hashed in the open. `domain/audit/field-rule.ts` says what holds for fields
 * that are not named: ids, times and digests are hashed, sealed secrets are left out, all else is personal.
 */
export const auditedFacts: readonly Handler<Work>[] = [
  audit(organizationCreated, {}),
  audit(organizationChanged, {}),
  audit(memberInvited, { hashed: ['role'], person: 'invitationId', omitted: ['organizationName'] }),
  audit(memberJoined, { hashed: ['role'], person: 'userId' }),
  audit(memberChanged, { hashed: ['role', 'status'], person: 'userId' }),
  audit(memberLeft, { person: 'userId' }),
  audit(documentReady, { thing: 'documentId', hashed: ['uploadedBy', 'size', 'signed'], omitted: ['pages'], files: { originalSha256: 'ORIGINAL', sha256: 'PREPARED' } }),
  audit(documentRefused, { thing: 'documentId', hashed: ['uploadedBy', 'refusal'] }),
  audit(documentVersionAdded, { thing: 'envelopeId', hashed: ['kind', 'size'], files: { sha256: 'SEALED' }, checkpoint: true }),
  audit(documentAccessGranted, { thing: 'documentId' }),
  audit(documentAccessRevoked, { thing: 'documentId' }),
  audit(documentDeleted, { thing: 'documentId', hashed: ['deletedBy'] }),
  audit(envelopeSent, { ...envelope, hashed: ['level'] }),
  audit(recipientSent, recipient),
  audit(recipientDelivered, recipient),
  audit(recipientCompleted, recipient),
  audit(recipientDeclined, recipient),
  audit(envelopeCompleted, { ...envelope, hashed: ['size', 'level', 'signatures'], files: { originalSha256: 'ORIGINAL', documentSha256: 'PREPARED', sha256: 'SEALED' }, ends: true, checkpoint: true }),
  audit(envelopeDeclined, { ...envelope, hashed: ['declinedBy'], person: 'declinedBy', ends: true, checkpoint: true }),
  audit(envelopeVoided, { ...envelope, ofThing: ['title', 'message', 'reason'], hashed: ['expired'], ends: true, checkpoint: true }),
];
