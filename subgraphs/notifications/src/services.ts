import { open, seal, type ServiceSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type { Env } from './env.ts';

/** Secrets pass through here and stay nowhere: opened, made into a link, sealed again. */
export interface Services {
  /** @throws Error when it was sealed with another data key. */
  open(sealed: string): string;
  /** Seals links by name, for the mail that shows them. */
  sealLinks(links: Readonly<Record<string, string>>): string;
  readonly linkTo: {
    invitation(token: string): string;
    passwordReset(token: string): string;
    emailVerification(token: string): string;
  };
}

const filled = (pattern: string) => (token: string): string => pattern.replace('{token}', encodeURIComponent(token));

export const createServices = ({ env, kernel }: ServiceSource<Database, Env>): Services => ({
  open: (sealed) => open(sealed, kernel.dataKey),
  sealLinks: (links) => seal(JSON.stringify(links), kernel.dataKey),
  linkTo: { invitation: filled(env.INVITATION_URL), passwordReset: filled(env.PASSWORD_RESET_URL), emailVerification: filled(env.EMAIL_VERIFICATION_URL) },
});
