import type { Contact } from '../__generated__/prisma/client.ts';

export interface ContactExists {
  readonly __typename: 'ContactExistsError';
  readonly message: string;
  readonly contact: Contact;
}

export const contactExists = (contact: Contact): ContactExists => ({
  __typename: 'ContactExistsError',
  message: `${contact.name} already has this e-mail address. Change that contact instead.`,
  contact,
});
