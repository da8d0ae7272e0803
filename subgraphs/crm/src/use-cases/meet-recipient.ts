import { newId } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { contactCreated } from '../events.ts';

/** A person met in an envelope becomes a contact of the organization, unless they are one already. */
export const meetRecipient = async (tx: Work, person: { readonly organizationId: string; readonly name: string; readonly email: string }): Promise<void> => {
  const { organizationId, name } = person;
  const email = person.email.toLowerCase();
  const id = newId('con');
  const { count } = await tx.db.contact.createMany({
    data: { id, organizationId, kind: 'INDIVIDUAL', name, email, createdAt: tx.now, updatedAt: tx.now },
    skipDuplicates: true,
  });
  if (count === 1) await tx.publish(contactCreated, { subject: id, organizationId }, { contactId: id, name, email, origin: 'ENVELOPE' });
};
