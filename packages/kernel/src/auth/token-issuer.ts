import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { newId } from '../data/ids.ts';
import { open, seal } from '../data/seal.ts';
import type { Sql } from '../data/sql.ts';
import { TOKEN_AUDIENCE } from './token-verifier.ts';

/** What a token says: who, for which organization, with which scopes, and for a guest, to which one thing. */
export interface TokenClaims {
  readonly subject: string;
  readonly organizationId: string;
  readonly scopes: readonly string[];
  readonly resourceId?: string;
  readonly lifetimeSeconds: number;
}

export interface TokenIssuer {
  issue(claims: TokenClaims): Promise<{ token: string; expiresAt: Date }>;
  /** The public keys as a JSON Web Key Set (RFC 7517). */
  jwks(): Promise<{ keys: JsonWebKey[] }>;
  /** Starts signing with a new key; the old ones stay published for the tokens that they signed. */
  rotate(): Promise<void>;
}

interface KeyRow {
  readonly id: string;
  readonly privateKey: string;
  readonly createdAt: Date;
}

/** A new key is published for this long before it signs, so that whoever verifies knows it by then. */
const PUBLISHED_FIRST_MS = 60_000;

/** Keys older than this are no longer published. Longer than any token lives. */
const KEEP_KEYS = '7 days';

/**
 * Issues ES256 access tokens with keys kept, encrypted, in the issuer's own database (table `SigningKey`), so that all
 * its processes sign with the same key.
 */
export const createTokenIssuer = (options: { issuer: string; db: Sql; dataKey: string; now: () => Date }): TokenIssuer => {
  const { issuer, db, dataKey, now } = options;
  const loaded = new Map<string, KeyObject>();

  const rows = async (): Promise<KeyRow[]> => db.$queryRaw<KeyRow[]>`select id, "privateKey", "createdAt" from "SigningKey" where "retiredAt" is null or "retiredAt" > ${now()}::timestamptz - ${KEEP_KEYS}::interval order by id desc`;

  const keyOf = (row: KeyRow): KeyObject => {
    const key = loaded.get(row.id) ?? createPrivateKey(open(row.privateKey, dataKey));
    loaded.set(row.id, key);
    return key;
  };

  const add = async (): Promise<void> => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const sealed = seal(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), dataKey);
    await db.$executeRaw`insert into "SigningKey" (id, "privateKey", "createdAt") values (${newId('key')}, ${sealed}, ${now()})`;
  };

  let kept: { readonly rows: Promise<KeyRow[]>; readonly until: number } | undefined;
  const currentRows = async (): Promise<KeyRow[]> => {
    // Looked up anew now and then: another process may have rotated.
    if (!kept || now().getTime() >= kept.until) {
      const loading = rows().then(async (present) => (present.length > 0 ? present : (await add(), await rows())));
      kept = { rows: loading, until: now().getTime() + PUBLISHED_FIRST_MS / 2 };
      loading.catch(() => (kept = undefined));
    }
    return kept.rows;
  };

  const currentKey = async (): Promise<KeyRow> => {
    const present = await currentRows();
    const known = now().getTime() - PUBLISHED_FIRST_MS;
    // Two processes that start at once may both add a key: harmless, both are published. The very first signs at once.
    return present.find((row) => row.createdAt.getTime() <= known) ?? present.at(-1)!;
  };

  return {
    async issue(claims) {
      const row = await currentKey();
      const issuedAt = Math.floor(now().getTime() / 1_000);
      const payload = { scope: claims.scopes.join(' '), org: claims.organizationId, ...(claims.resourceId && { res: claims.resourceId }), iat: issuedAt, exp: issuedAt + claims.lifetimeSeconds };
      const token = jwt.sign(payload, keyOf(row), { algorithm: 'ES256', keyid: row.id, issuer, audience: TOKEN_AUDIENCE, subject: claims.subject, jwtid: newId('tok') });
      return { token, expiresAt: new Date(payload.exp * 1_000) };
    },
    async jwks() {
      await currentRows();
      const keys = (await rows()).map((row) => ({ ...createPublicKey(keyOf(row)).export({ format: 'jwk' }), kid: row.id, use: 'sig', alg: 'ES256' }));
      return { keys };
    },
    async rotate() {
      await add();
      kept = undefined;
      const [newest] = await currentRows();
      await db.$executeRaw`update "SigningKey" set "retiredAt" = ${now()} where id <> ${newest!.id} and "retiredAt" is null`;
    },
  };
};
