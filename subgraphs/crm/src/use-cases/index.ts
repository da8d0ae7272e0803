/** What this subgraph can do. */
export { createContact } from './create-contact.ts';
export { listContacts } from './list-contacts.ts';
export { meetRecipient } from './meet-recipient.ts';
export { updateContact } from './update-contact.ts';
