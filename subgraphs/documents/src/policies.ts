import { requireKnown, type Actor } from '@buffrsign/kernel';

/** Members see what is their organization's. A recipient sees what they were given access to, while that stands. */
export const visible = (actor: Actor) => {
  const known = requireKnown(actor);
  const { organizationId } = known;
  if (known.kind === 'user') return { organizationId };
  return { organizationId, accesses: { some: { recipientId: known.id, envelopeId: known.resourceId, revokedAt: null } } };
};

/**
 * Of a deleted document members see what is evidence: its sealed versions. A recipient sees what they are asked
 * to sign, with the original that it was made of, and what their own envelope sealed: never the signatures of another envelope's people.
 */
export const visibleVersions = (actor: Actor) => {
  const known = requireKnown(actor);
  const { organizationId } = known;
  if (known.kind === 'user') return { organizationId, OR: [{ kind: 'SEALED' as const }, { document: { deletedAt: null } }] };
  return { organizationId, document: visible(known), OR: [{ kind: { in: ['ORIGINAL' as const, 'PREPARED' as const] } }, { envelopeId: known.resourceId }] };
};
