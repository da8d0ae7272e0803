import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { newId, type User } from '@buffrsign/kernel';
import { aGuest } from '@buffrsign/kernel/testing';
import { envelopeCompleted, envelopeDeclined, envelopeSent, envelopeVoided } from '@buffrsign/signatures/events';
import { corpusPdf } from './corpus.ts';
import type { Documents } from './documents.ts';

const at = '2026-03-01T08:00:00.000Z';

/** An envelope of a member with two recipients, and how it goes on, as signatures would tell it. */
export const anEnvelope = ({ graph }: Documents, owner: User, documentId: string) => {
  const envelopeId = newId('env');
  const [first, second] = [newId('rcp'), newId('rcp')] as const;
  const about = { subject: envelopeId, organizationId: owner.organizationId };
  const data = {
    envelopeId,
    title: 'Lease',
    documentId,
    senderId: owner.id,
    recipients: [
      { recipientId: first, name: 'Ndapewa', email: 'ndapewa@example.na', routingOrder: 1 },
      { recipientId: second, name: 'Tangeni', email: 'tangeni@example.na', routingOrder: 2 },
    ],
  };
  const guest = (recipientId: string) => aGuest({ id: recipientId, organizationId: owner.organizationId, resourceId: envelopeId, scopes: ['envelope:sign'] });
  return {
    envelopeId,
    first,
    guest: guest(first),
    otherGuest: guest(second),
    send: () => graph.tell(envelopeSent, about, { ...data, sentAt: at, expiresAt: at }),
    complete: async () => {
      const content = await readFile(corpusPdf('pdflatex-4-pages.pdf'));
      const sealed = await graph.tools.services.files.put(owner.organizationId, Readable.from([content]), { maxBytes: content.length });
      return graph.tell(envelopeCompleted, about, { ...data, ...sealed, completedAt: at });
    },
    decline: () => graph.tell(envelopeDeclined, about, { ...data, declinedBy: first, reason: 'No', declinedAt: at }),
    void: () => graph.tell(envelopeVoided, about, { ...data, reason: 'Wrong', expired: false, voidedAt: at }),
  };
};

export type TestEnvelope = ReturnType<typeof anEnvelope>;

export interface Seen {
  readonly state: string;
  readonly download: { readonly url: string };
  readonly pages: readonly { readonly thumbnailUrl: string }[];
  readonly versions: { readonly edges: readonly { readonly node: { readonly id: string; readonly kind: string; readonly envelope: { readonly id: string } | null } }[] };
}

const LOOK = 'query ($id: ID!) { document(id: $id) { state download { url } pages { text thumbnailUrl } versions { edges { node { id kind envelope { id } } } } } }';

/** What somebody sees of a document; null for nothing. */
export const look = async (docs: Documents, actor: User | TestEnvelope['guest'], id: string): Promise<Seen | null> => (await docs.ask<{ document: Seen | null }>(actor, LOOK, { id })).document;
