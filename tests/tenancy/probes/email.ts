import { counts, nothing, own, type Table } from './probe.ts';

const mail = { toEmail: 'reader@example.na', toName: 'Reader' };

export const email: Table = {
  'Query.emailMessage': nothing(({ emailMessageId: id }) => ({ id })),
  'Query.emailMessages': own(),
  'Query.emailStatistics': counts(),
  'Query.emailTemplate': nothing(({ emailTemplateId: id }) => ({ id })),
  'Query.emailTemplates': own(),
  'Query.previewEmailTemplate': nothing(({ emailTemplateId: id }) => ({ id })),
  'Mutation.sendEmail': [
    own(() => ({ input: { ...mail, text: { subject: 'Hello', body: 'Words' }, idempotencyKey: 'probe' } })),
    own(() => ({ input: { ...mail, template: { name: 'letter' }, idempotencyKey: 'probe letter' } })),
  ],
  'Mutation.cancelEmail': nothing(({ emailMessageId: id }) => ({ input: { id } })),
  'Mutation.retryEmail': nothing(({ emailMessageId: id }) => ({ input: { id, idempotencyKey: 'probe' } })),
  'Mutation.createEmailTemplate': own(() => ({ input: { name: 'card', subject: 'Card', heading: 'Dear reader', body: 'Words' } })),
  'Mutation.updateEmailTemplate': nothing(({ emailTemplateId: id }) => ({ input: { id, version: 1, body: 'Nothing' } })),
  'Mutation.deleteEmailTemplate': nothing(({ emailTemplateId: id }) => ({ input: { id } })),
};
