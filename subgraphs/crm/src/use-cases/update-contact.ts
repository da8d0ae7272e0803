import { found, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Contact } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { contactChangesModel } from '../domain/contact.ts';
import { visible } from '../policies.ts';
import { contactExists, type ContactExists } from './contact-exists.ts';

export type UpdateContactOutcome = { readonly __typename: 'UpdateContactSuccess'; readonly contact: Contact } | ContactExists | InvalidInput;

export const updateContact = async (ctx: Context, input: { readonly id: string }): Promise<UpdateContactOutcome> => {
  const read = readInput(contactChangesModel, input);
  if ('refusal' in read) return read.refusal;
  const { kind, name, email } = read.data;

  return ctx.transaction(async (tx) => {
    const mine = visible(ctx.actor);
    const present = found(await tx.db.contact.findFirst({ where: { id: input.id, ...mine } }));
    const holder = email ? await tx.db.contact.findFirst({ where: { ...mine, email, id: { not: present.id } } }) : null;
    if (holder) return contactExists(holder);
    const contact = await tx.db.contact.update({
      where: { id: present.id },
      data: { ...(kind && { kind }), ...(name && { name }), ...(email !== undefined && { email }), updatedAt: tx.now },
    });
    return { __typename: 'UpdateContactSuccess', contact };
  });
};
