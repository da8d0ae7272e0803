import { z } from 'zod';
import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Content } from '../domain/compose.ts';

const contentModel = z.object({
  subject: z.string(),
  heading: z.string(),
  paragraphs: z.array(z.string()),
  action: z.object({ label: z.string(), link: z.string() }).nullable(),
});

/** What a message says, as it was frozen. */
export const contentOf = (message: EmailMessage): Content => contentModel.parse(message.content);
