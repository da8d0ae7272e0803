import { z } from 'zod';

const MAX_LENGTH = 200;

const text = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `Give the ${what} at least one character.`)
    .max(MAX_LENGTH, `The ${what} has at most ${MAX_LENGTH} characters.`)
    // Control characters break headers and databases; those of direction make one name look like another.
    .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u, `The ${what} has characters that cannot be shown. Type it anew.`);

/** Some programs give the whole path of a file; its folders are nobody's business. */
const filename = z
  .string()
  .transform((path) => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1))
  .pipe(text('filename'));

/** What encrypts a PDF takes at most so many bytes of a password (ISO 32000-2, 7.6.4.3.3). */
const MAX_PASSWORD_BYTES = 127;

const password = z
  .string()
  .min(1, 'Give the password.')
  .refine((text) => Buffer.byteLength(text) <= MAX_PASSWORD_BYTES, `A password has at most ${MAX_PASSWORD_BYTES} bytes.`);

export const newDocumentModel = z.object({
  title: text('title'),
  filename,
  idempotencyKey: z.string().min(1, 'Give an idempotency key.').max(100, 'An idempotency key has at most 100 characters.'),
  password: password.nullish(),
});

export const unlockModel = z.object({ password });

export const newTitleModel = z.object({ title: text('title') });

/** The name that a downloaded version gets. */
export const downloadName = (filename: string, kind: 'ORIGINAL' | 'PREPARED' | 'SEALED'): string => {
  const stem = filename.replace(/\.pdf$/i, '');
  return { ORIGINAL: `${stem}-original.pdf`, PREPARED: `${stem}.pdf`, SEALED: `${stem}-sealed.pdf` }[kind];
};
