import type { NotificationResolvers } from './../__generated__/types.ts';
import { noticeOf } from '../notices/index.ts';

const reference = (id: string | null) => (id === null ? null : { id });

export const Notification: NotificationResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.notification.load(id),
  priority: ({ kind }) => noticeOf(kind).priority,
  user: ({ userId }) => reference(userId),
  envelope: ({ envelopeId }) => reference(envelopeId),
  document: ({ documentId }) => reference(documentId),
  deliveries: ({ id }, _args, ctx) => ctx.load.deliveriesOfNotification.load(id),
};
