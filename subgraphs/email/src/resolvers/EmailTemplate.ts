import type { EmailTemplateResolvers } from './../__generated__/types.ts';

export const EmailTemplate: EmailTemplateResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.emailTemplate.load(id),
  actionLabel: ({ action }) => action?.label ?? null,
  isSendable: ({ action }) => action === undefined,
};
