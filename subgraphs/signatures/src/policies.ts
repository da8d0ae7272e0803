import { Problem, requireKnown, type Actor, type Guest } from '@buffrsign/kernel';

/** Members see the envelopes of their organization, a guest the one that their link is for. */
export const visible = (actor: Actor) => {
  const known = requireKnown(actor);
  return { organizationId: known.organizationId, ...(known.kind === 'guest' && { id: known.resourceId }) };
};

/** As `visible`, for what belongs to an envelope. */
export const visibleParts = (actor: Actor) => {
  const known = requireKnown(actor);
  return { organizationId: known.organizationId, ...(known.kind === 'guest' && { envelopeId: known.resourceId }) };
};

/** Whether an actor may know what concerns a recipient alone: their address, their reasons. Other recipients may not. */
export const seesPrivately = (actor: Actor, recipient: { readonly id: string }): boolean => actor.kind === 'user' || (actor.kind === 'guest' && actor.id === recipient.id);

/** The actor as the recipient of one envelope. @throws Problem UNAUTHENTICATED, or FORBIDDEN to a member: nobody signs for others. */
export const requireGuest = (actor: Actor): Guest => {
  const known = requireKnown(actor);
  if (known.kind === 'guest') return known;
  throw new Problem('FORBIDDEN', { message: 'Envelopes are signed by way of the signing link that the recipient was sent.' });
};
