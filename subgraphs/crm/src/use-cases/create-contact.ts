import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Contact } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { newContactModel } from '../domain/contact.ts';
import { contactCreated } from '../events.ts';
import { contactExists, type ContactExists } from './contact-exists.ts';

export type CreateContactOutcome = { readonly __typename: 'CreateContactSuccess'; readonly contact: Contact } | ContactExists | InvalidInput;

export const createContact = async (ctx: Context, input: unknown): Promise<CreateContactOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const read = readInput(newContactModel, input);
  if ('refusal' in read) return read.refusal;
  const { kind, name, email = null } = read.data;

  return ctx.transaction(async (tx) => {
    const id = newId('con');
    // The unique key decides between two who add the same address at once.
    await tx.db.contact.createMany({ data: { id, organizationId, kind, name, email, createdAt: tx.now, updatedAt: tx.now }, skipDuplicates: true });
    const contact = await tx.db.contact.findFirstOrThrow({ where: email === null ? { id } : { organizationId, email } });
    if (contact.id !== id) return contactExists(contact);
    await tx.publish(contactCreated, { subject: id, organizationId }, { contactId: id, name, email, origin: 'MEMBER' });
    return { __typename: 'CreateContactSuccess', contact };
  });
};
