import { found, Problem } from '@buffrsign/kernel';
import type { Envelope, EnvelopeState, Recipient, RecipientState } from '../__generated__/prisma/client.ts';
import type { Context, Tx } from '../context.ts';
import { envelopeTransitions } from '../domain/envelope-state.ts';
import { recipientTransitions } from '../domain/recipient-state.ts';
import { statesBefore } from '../domain/transitions.ts';

export type LockedEnvelope = Envelope & { readonly recipients: readonly Recipient[] };

/**
 * The envelope with its recipients, and nobody else changes either until this transaction ends: acts on one envelope
 * happen one after another, whoever does them.
 *
 * @throws Problem NOT_FOUND
 */
export const lockEnvelope = async (tx: Tx, { id, organizationId }: { readonly id: string; readonly organizationId: string }): Promise<LockedEnvelope> => {
  await tx.sql.$queryRaw`select 1 as locked from "Envelope" where id = ${id} and "organizationId" = ${organizationId} for update`;
  const envelope = await tx.db.envelope.findFirst({
    where: { id, organizationId },
    include: { recipients: { orderBy: [{ routingOrder: 'asc' }, { id: 'asc' }] } },
  });
  if (!envelope) throw new Problem('NOT_FOUND');
  return envelope;
};

/** Takes an envelope to its next state, from one that leads there and from no other: of two at once, one finds nothing left to do. */
export const moveEnvelope = async (tx: Tx, envelope: Envelope, to: EnvelopeState, proof: Partial<Envelope>): Promise<void> => {
  const from = statesBefore(envelopeTransitions, to);
  const { count } = await tx.db.envelope.updateMany({ where: { id: envelope.id, state: { in: from } }, data: { ...proof, state: to, updatedAt: tx.now } });
  if (count !== 1) throw new Error(`Envelope ${envelope.id} is not ${from.join(' or ')}, so it does not become ${to}.`);
};

/** Takes a recipient to their next state, as `moveEnvelope`. */
export const moveRecipient = async (tx: Tx, recipient: Recipient, to: RecipientState, proof: Partial<Recipient>): Promise<void> => {
  const from = statesBefore(recipientTransitions, to);
  const { count } = await tx.db.recipient.updateMany({ where: { id: recipient.id, state: { in: from } }, data: { ...proof, state: to } });
  if (count !== 1) throw new Error(`Recipient ${recipient.id} is not ${from.join(' or ')}, so they do not become ${to}.`);
};

/** What an act changed, as its actor sees it now. */
export const mustLoadEnvelope = async (ctx: Context, id: string): Promise<Envelope> => found(await ctx.load.envelope.load(id));

/** As `mustLoadEnvelope`. */
export const mustLoadRecipient = async (ctx: Context, id: string): Promise<Recipient> => found(await ctx.load.recipient.load(id));
