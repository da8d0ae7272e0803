import { z } from 'zod';

const mailbox = z.string().regex(/^(?:[^<>"\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'is not a mailbox: write no-reply@example.na or Name <no-reply@example.na>');

/** How mail leaves. Without `SMTP_URL` every mail is caught as a file instead of being sent. */
export const envModel = z
  .object({
    /** Mail server (RFC 5321): `smtp://user:password@host:587`, or `smtps://…` for TLS from the first byte. */
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'is not an smtp:// or smtps:// address' }).optional(),
    /** From whom mails are; the domain also makes the Message-ID. */
    EMAIL_FROM: mailbox.optional(),
    /** Seconds without a word from the mail server before it is given up. RFC 5321 §4.5.3.2.6 asks for 10 minutes: a shorter wait risks a second copy. */
    SMTP_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(3_600).default(600),
    /** Folder for caught mails, one `.eml` file each; used only without `SMTP_URL`. */
    MAIL_DIR: z.string().default('.data/mails'),
  })
  .superRefine((env, ctx) => {
    if (env.SMTP_URL && !env.EMAIL_FROM) ctx.addIssue({ code: 'custom', path: ['EMAIL_FROM'], message: 'is not set; a mail server wants to know from whom mails are' });
  });

export type Env = z.output<typeof envModel>;
