import { nothing, own, type Table } from './probe.ts';

export const crm: Table = {
  'Query.contact': nothing(({ contactId: id }) => ({ id })),
  'Query.contacts': own(),
  'Mutation.createContact': own(() => ({ input: { name: 'Somebody', email: 'somebody@example.na' } })),
  'Mutation.updateContact': nothing(({ contactId: id }) => ({ input: { id, name: 'Nobody' } })),
};
