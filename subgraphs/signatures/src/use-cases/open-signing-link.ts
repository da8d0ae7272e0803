import type { Client } from '@buffrsign/kernel';
import type { Recipient } from '../__generated__/prisma/client.ts';
import type { Context, Tx } from '../context.ts';
import { isOpen, isSignedByAll } from '../domain/envelope-state.ts';
import { allHaveOpened } from '../domain/routing.ts';
import { envelopeNotOpen, type EnvelopeNotOpen } from '../domain/signing.ts';
import { recipientDelivered } from '../events.ts';
import { lockEnvelope, moveEnvelope, moveRecipient, type LockedEnvelope } from './envelope-row.ts';
import { about, envelopeData, recipientData } from './facts.ts';

/** How long a guest stays let in. The link gives another token as long as it opens. */
const LIFETIME_SECONDS = 60 * 60;
/** All that the holder of a signing link may ask for; what they can do decides the state of the envelope. */
const GUEST_SCOPES = ['envelope:sign'];

interface SigningLinkInvalid {
  readonly __typename: 'SigningLinkInvalidError';
  readonly message: string;
}
interface Opened {
  readonly __typename: 'OpenSigningLinkSuccess';
  readonly accessToken: string;
  readonly expiresAt: Date;
  readonly envelopeId: string;
  readonly recipientId: string;
}
export type OpenSigningLinkOutcome = Opened | SigningLinkInvalid | EnvelopeNotOpen;

const invalid = (): SigningLinkInvalid => ({ __typename: 'SigningLinkInvalidError', message: 'This link does not open. Use the newest link that you were sent, or ask the sender for a new one.' });

/** Whoever opens the link has it from the mailbox that it was sent to. */
const identification = 'SIGNING_LINK_BY_EMAIL';

const deliver = async (tx: Tx, { ip, userAgent }: Client, envelope: LockedEnvelope, recipient: Recipient): Promise<void> => {
  await moveRecipient(tx, recipient, 'DELIVERED', { deliveredAt: tx.now, openedIp: ip, openedUserAgent: userAgent, identification });
  await tx.publish(recipientDelivered, about(envelope), { ...envelopeData(envelope), ...recipientData(recipient), ip, userAgent, identification, deliveredAt: tx.now.toISOString() });
  const now = envelope.recipients.map((other) => (other.id === recipient.id ? { ...other, state: 'DELIVERED' as const } : other));
  if (allHaveOpened(now)) await moveEnvelope(tx, envelope, 'DELIVERED', { deliveredAt: tx.now });
};

/** The recipient whose link this is now; null when there is none. */
const findHolder = async (tx: Tx, linkHash: string): Promise<{ readonly envelope: LockedEnvelope; readonly recipient: Recipient } | null> => {
  const holder = await tx.db.recipient.findUnique({ where: { linkHash } });
  if (!holder) return null;
  const envelope = await lockEnvelope(tx, { id: holder.envelopeId, organizationId: holder.organizationId });
  // Looked at again now that nobody changes it: a newer link may have taken the place of this one.
  const recipient = envelope.recipients.find((other) => other.linkHash === linkHash);
  return recipient ? { envelope, recipient } : null;
};

/** Lets a recipient in to their envelope: to sign while it is open, to read once all have signed. */
export const openSigningLink = async (ctx: Context, { token }: { readonly token: string }): Promise<OpenSigningLinkOutcome> => {
  const linkHash = ctx.services.links.hashOf(token);
  if (!linkHash) return invalid();

  const outcome = await ctx.transaction(async (tx) => {
    const holder = await findHolder(tx, linkHash);
    if (!holder) return invalid();
    const { envelope, recipient } = holder;
    const open = isOpen(envelope, tx.now);
    if (!open && !isSignedByAll(envelope)) return envelopeNotOpen(envelope.state);
    if (open && recipient.state === 'SENT') await deliver(tx, ctx.client, envelope, recipient);
    return { envelopeId: envelope.id, recipientId: recipient.id, organizationId: envelope.organizationId };
  });
  if ('__typename' in outcome) return outcome;

  const { envelopeId, recipientId, organizationId } = outcome;
  const { token: accessToken, expiresAt } = await ctx.services.tokens.issue({ subject: recipientId, organizationId, resourceId: envelopeId, scopes: GUEST_SCOPES, lifetimeSeconds: LIFETIME_SECONDS });
  return { __typename: 'OpenSigningLinkSuccess', accessToken, expiresAt, envelopeId, recipientId };
};
