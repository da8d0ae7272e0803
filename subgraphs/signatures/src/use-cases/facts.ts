import type { Envelope, Recipient } from '../__generated__/prisma/client.ts';

/** The subject of every fact of this subgraph is the envelope. */
export const about = ({ id, organizationId }: Envelope) => ({ subject: id, organizationId });

export const envelopeData = ({ id, title, documentId, senderId }: Envelope) => ({ envelopeId: id, title, documentId, senderId });

export const recipientData = ({ id, name, email, routingOrder }: Recipient) => ({ recipientId: id, name, email, routingOrder });
