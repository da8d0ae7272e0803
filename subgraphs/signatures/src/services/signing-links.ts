import { seal } from '@buffrsign/kernel';
import { createHash, randomBytes } from 'node:crypto';

/** A new signing link: what is kept of it, and the link itself, closed for everybody but who sends it. */
export interface SigningLink {
  /** SHA-256 of the secret: recognises it, and does not let anybody in. */
  readonly hash: string;
  /** The link, encrypted with the platform's data key (kernel `open`). */
  readonly sealedLink: string;
}

export interface SigningLinks {
  create(): SigningLink;
  /** What is kept of a secret that somebody brings; `undefined` when it cannot be one. */
  hashOf(token: string): string | undefined;
}

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Makes signing links: 32 random bytes each. `url` has `{token}` where the secret goes. */
export const createSigningLinks = ({ url, dataKey }: { readonly url: string; readonly dataKey: string }): SigningLinks => ({
  create() {
    const token = randomBytes(32).toString('base64url');
    return { hash: digest(token), sealedLink: seal(url.replace('{token}', token), dataKey) };
  },
  hashOf: (token) => (/^[A-Za-z0-9_-]{43}$/.test(token) ? digest(token) : undefined),
});
