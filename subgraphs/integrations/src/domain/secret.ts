import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** How long messages carry signatures by the former secret too, after a new one was made. */
export const OVERLAP_MS = 24 * 3_600_000;
const SECRET_BYTES = 32;

/** A new secret, as Standard Webhooks writes it. */
export const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** The headers of a message, signed by every secret given (Standard Webhooks 1.0.0, symmetric `v1`). */
export const signedHeaders = (message: { readonly id: string; readonly body: string; readonly at: Date }, secrets: readonly string[]): Readonly<Record<string, string>> => ({
  'webhook-id': message.id,
  'webhook-timestamp': String(Math.floor(message.at.getTime() / 1_000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(message.id, message.at, message.body)).join(' '),
});
