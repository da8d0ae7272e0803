import type { Maker } from './maker.ts';
import type { Id } from './people.ts';

/** Contacts, tickets, settings, policies, mails. */
export const makePapers = async ({ act, inner }: Maker) => {
  const { contact } = await act<{ contact: Id }>('createContact', { name: `Contact ${inner}`, email: 'contact@example.na' }, 'contact { id }');
  const { supportTicket } = await act<{ supportTicket: Id }>('openSupportTicket', { subject: `Help ${inner}`, body: `Please, ${inner}`, idempotencyKey: 'ticket' }, 'supportTicket { id }');
  await act('setConfiguration', { key: 'BRAND_NAME', value: `Brand ${inner}` }, 'entry { key }');
  const { retentionPolicy } = await act<{ retentionPolicy: Id }>('createRetentionPolicy', { documentType: 'lease', retainForMonths: 60, basis: `Decided by ${inner}` }, 'retentionPolicy { id }');
  const { template } = await act<{ template: Id }>('createEmailTemplate', { name: 'letter', subject: `Letter of ${inner}`, heading: 'Dear reader', body: `Greetings from ${inner}` }, 'template { id }');
  const text = { subject: `Hello from ${inner}`, body: `Words of ${inner}` };
  const { email } = await act<{ email: Id }>('sendEmail', { toEmail: 'reader@example.na', toName: `Reader ${inner}`, text, idempotencyKey: 'mail' }, 'email { id }');
  return { contactId: contact.id, supportTicketId: supportTicket.id, retentionPolicyId: retentionPolicy.id, emailTemplateId: template.id, emailMessageId: email.id };
};
