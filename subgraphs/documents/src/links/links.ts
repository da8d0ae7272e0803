import { hkdfSync } from 'node:crypto';
import { requireKnown, type Actor } from '@buffrsign/kernel';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Holder } from './holder.ts';
import { holderModel, holderOf } from './holder.ts';

/** A link to a file. Whoever has it can use it until it expires. */
export interface Link {
  readonly url: string;
  readonly expiresAt: Date;
}

/** What each kind of link says. */
const claims = {
  uploads: z.object({ documentId: z.string() }),
  downloads: z.object({ versionId: z.string(), holder: holderModel }),
  thumbnails: z.object({ versionId: z.string(), page: z.number().int(), width: z.number().int(), holder: holderModel }),
};

export type LinkKind = keyof typeof claims;
export type Claims<Kind extends LinkKind> = z.output<(typeof claims)[Kind]>;

/** Makes and reads links to the files of this subgraph: signed, for one purpose, for a limited time. */
export interface Links {
  upload(documentId: string): Link;
  download(versionId: string, actor: Actor): Link;
  thumbnail(page: { readonly versionId: string; readonly number: number }, width: number, actor: Actor): Link;
  /** What a token says, or why it says nothing. */
  read<Kind extends LinkKind>(kind: Kind, token: string): Claims<Kind> | 'expired' | 'invalid';
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LIFETIME_MS = 15 * MINUTE_MS;

/** The end of the next hour: everybody who asks in one hour gets the same address, so browsers keep the image. */
const endOfNextHour = (now: Date): Date => new Date((Math.floor(now.getTime() / HOUR_MS) + 2) * HOUR_MS);

export const createLinks = (options: { publicUrl: string; dataKey: string; now: () => Date }): Links => {
  const { publicUrl, dataKey, now } = options;
  // A key of its own: what is signed here is worth nothing anywhere else.
  const key = Buffer.from(hkdfSync('sha256', dataKey, '', 'buffrsign documents links', 32));

  const make = <Kind extends LinkKind>(kind: Kind, said: Claims<Kind>, expiresAt: Date): Link => {
    const exp = Math.floor(expiresAt.getTime() / 1_000);
    const token = jwt.sign({ ...said, exp }, key, { algorithm: 'HS256', audience: kind, noTimestamp: true });
    return { url: `${publicUrl}/${kind}/${token}`, expiresAt: new Date(exp * 1_000) };
  };
  const soon = () => new Date(now().getTime() + LIFETIME_MS);
  const holder = (actor: Actor): Holder => holderOf(requireKnown(actor));

  return {
    upload: (documentId) => make('uploads', { documentId }, soon()),
    download: (versionId, actor) => make('downloads', { versionId, holder: holder(actor) }, soon()),
    thumbnail: ({ versionId, number }, width, actor) => make('thumbnails', { versionId, page: number, width, holder: holder(actor) }, endOfNextHour(now())),
    read(kind, token) {
      try {
        const said = jwt.verify(token, key, { algorithms: ['HS256'], audience: kind, clockTimestamp: Math.floor(now().getTime() / 1_000) });
        return claims[kind].parse(said) as Claims<typeof kind>;
      } catch (error) {
        return error instanceof jwt.TokenExpiredError ? 'expired' : 'invalid';
      }
    },
  };
};
