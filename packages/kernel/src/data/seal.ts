import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const keyOf = (secret: string): Buffer => createHash('sha256').update('buffrsign data key\0').update(secret).digest();

/** Encrypts a text with the platform's data key (AES-256-GCM): what lies in the database opens no door on its own. */
export const seal = (text: string, dataKey: string): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(dataKey), iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
};

/** The text of a sealed value. @throws Error when the data key is another one or the value was changed. */
export const open = (sealed: string, dataKey: string): string => {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(dataKey), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    throw new Error('A sealed value does not open: DATA_KEY is not the one it was sealed with, or the value was changed.');
  }
};
