import { documentReady } from '@buffrsign/documents/events';
import type { EventData, EventDefinition, Fact } from '@buffrsign/kernel';
import * as signatures from '@buffrsign/signatures/events';
import type { WebhookEventType } from '../__generated__/prisma/client.ts';

/** A message before it is written: what is told of a fact, and to whom nothing else of it is. */
export interface PublicMessage {
  readonly eventType: WebhookEventType;
  /** As it stands in the message. */
  readonly name: string;
  readonly timestamp: string;
  readonly data: unknown;
}

/** A fact that endpoints may be told. */
export interface PublicEvent {
  readonly fact: EventDefinition;
  readonly eventType: WebhookEventType;
  readonly name: string;
  /** Names every value that may leave: what a fact has beside them stays inside, also what it will have one day. */
  readonly messageOf: (fact: Fact) => PublicMessage;
}

const publicEvent = <Definition extends EventDefinition>(fact: Definition, eventType: WebhookEventType, name: string, tell: (data: EventData<Definition>) => object): PublicEvent => ({
  fact,
  eventType,
  name,
  messageOf: (said) => ({ eventType, name, timestamp: said.time, data: tell(said.data as EventData<Definition>) }),
});

interface InEnvelope { readonly envelopeId: string; readonly title: string; readonly documentId: string; readonly senderId: string }
interface InRecipient { readonly recipientId: string; readonly name: string; readonly email: string; readonly routingOrder: number }

const envelope = ({ envelopeId, title, documentId, senderId }: InEnvelope) => ({ envelopeId, title, documentId, senderId });
const recipient = ({ recipientId, name, email, routingOrder }: InRecipient) => ({ recipientId, name, email, routingOrder });
const recipients = (data: { readonly recipients: readonly InRecipient[] }) => data.recipients.map(recipient);

/** Everything that endpoints may be told, and exactly what of it. */
export const publicEvents: readonly PublicEvent[] = [
  publicEvent(signatures.envelopeSent, 'ENVELOPE_SENT', 'envelope.sent', (data) => ({ ...envelope(data), recipients: recipients(data), sentAt: data.sentAt, expiresAt: data.expiresAt })),
  publicEvent(signatures.recipientSent, 'RECIPIENT_SENT', 'recipient.sent', (data) => ({ ...envelope(data), ...recipient(data), expiresAt: data.expiresAt })),
  publicEvent(signatures.recipientDelivered, 'RECIPIENT_DELIVERED', 'recipient.delivered', (data) => ({ ...envelope(data), ...recipient(data), deliveredAt: data.deliveredAt })),
  publicEvent(signatures.recipientCompleted, 'RECIPIENT_COMPLETED', 'recipient.completed', (data) => ({ ...envelope(data), ...recipient(data), remaining: data.remaining, completedAt: data.completedAt })),
  publicEvent(signatures.recipientDeclined, 'RECIPIENT_DECLINED', 'recipient.declined', (data) => ({ ...envelope(data), ...recipient(data), reason: data.reason, declinedAt: data.declinedAt })),
  publicEvent(signatures.sealingProgressed, 'ENVELOPE_SEALING_PROGRESSED', 'envelope.sealing_progressed', (data) => ({ ...envelope(data), state: data.state })),
  publicEvent(signatures.envelopeCompleted, 'ENVELOPE_COMPLETED', 'envelope.completed', (data) => ({ ...envelope(data), recipients: recipients(data), sha256: data.sha256, size: data.size, completedAt: data.completedAt })),
  publicEvent(signatures.envelopeDeclined, 'ENVELOPE_DECLINED', 'envelope.declined', (data) => ({ ...envelope(data), recipients: recipients(data), declinedBy: data.declinedBy, reason: data.reason, declinedAt: data.declinedAt })),
  publicEvent(signatures.envelopeVoided, 'ENVELOPE_VOIDED', 'envelope.voided', (data) => ({ ...envelope(data), recipients: recipients(data), reason: data.reason, expired: data.expired, voidedAt: data.voidedAt })),
  publicEvent(documentReady, 'DOCUMENT_READY', 'document.ready', (data) => ({ documentId: data.documentId, versionId: data.versionId, title: data.title, sha256: data.sha256, size: data.size, pageCount: data.pages.length, uploadedBy: data.uploadedBy })),
];

/** The message as it is posted. */
export const bodyOf = ({ name, timestamp, data }: Omit<PublicMessage, 'eventType'>): string => JSON.stringify({ type: name, timestamp, data });
