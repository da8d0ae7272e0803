import type { Envelope, Recipient } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { recipientSent } from '../events.ts';
import type { SigningLinks } from '../services/signing-links.ts';
import { moveRecipient } from './envelope-row.ts';
import { about, envelopeData, recipientData } from './facts.ts';

/** An envelope that was sent. */
export type SentEnvelope = Envelope & { readonly expiresAt: Date };

const sendLink = async (tx: Tx, links: SigningLinks, envelope: SentEnvelope, recipient: Recipient, keep: (link: { linkHash: string; sentAt: Date }) => Promise<unknown>): Promise<void> => {
  const { hash, sealedLink } = links.create();
  await keep({ linkHash: hash, sentAt: tx.now });
  const data = { ...envelopeData(envelope), ...recipientData(recipient), message: envelope.message, sealedLink, expiresAt: envelope.expiresAt.toISOString() };
  await tx.publish(recipientSent, about(envelope), data);
};

/** Asks a recipient whose turn has come. */
export const askRecipient = (tx: Tx, links: SigningLinks, envelope: SentEnvelope, recipient: Recipient): Promise<void> =>
  sendLink(tx, links, envelope, recipient, (link) => moveRecipient(tx, recipient, 'SENT', link));

/** Asks a recipient again. Their former link opens nothing any more. */
export const askRecipientAgain = (tx: Tx, links: SigningLinks, envelope: SentEnvelope, recipient: Recipient): Promise<void> =>
  sendLink(tx, links, envelope, recipient, (link) => tx.db.recipient.update({ where: { id: recipient.id }, data: link }));

/** An envelope as one that was sent. @throws Error when it was not. */
export const asSent = <Row extends Envelope>(envelope: Row): Row & { readonly expiresAt: Date } => {
  const { expiresAt } = envelope;
  if (!expiresAt) throw new Error(`Envelope ${envelope.id} was not sent.`);
  return { ...envelope, expiresAt };
};
