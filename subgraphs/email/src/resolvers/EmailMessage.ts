import type { EmailMessageResolvers } from './../__generated__/types.ts';
import { render } from '../domain/render.ts';
import { contentOf } from '../use-cases/index.ts';

export const EmailMessage: EmailMessageResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.emailMessage.load(id),
  to: ({ toName, toEmail }) => ({ name: toName, email: toEmail }),
  // Without the links: those are for the recipient's mailbox only.
  text: (message) => render(contentOf(message)).text,
  html: (message) => render(contentOf(message)).html,
  attempts: ({ id }, _args, ctx) => ctx.load.attemptsOfMessage.load(id),
};
