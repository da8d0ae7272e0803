import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Actor } from './actor.ts';

/** Who may issue tokens, for which kind of actor only, and where their public keys are published (RFC 7517). */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly kind: 'user' | 'guest';
  readonly jwksUrl: string;
}

/** Tells who a bearer token (RFC 6750) speaks for; `undefined` when it is not to be believed. */
export type TokenVerifier = (token: string) => Promise<Verified | undefined>;

export interface Verified {
  readonly actor: Actor;
  readonly expiresAt: Date;
}

export const TOKEN_AUDIENCE = 'buffrsign';
/** Clocks of different machines may differ by so much. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** An unknown `kid` makes us ask again, but no more often than this. */
const REFRESH_AT_MOST_EVERY_MS = 10_000;

const claimsModel = z.object({ sub: z.string(), org: z.string(), scope: z.string(), exp: z.number(), res: z.string().optional() });
const jwksModel = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('EC'), crv: z.literal('P-256') })) });

const createKeyStore = (issuer: TrustedIssuer, now: () => Date) => {
  let keys = new Map<string, KeyObject>();
  let asked = -Infinity;
  let asking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    asked = now().getTime();
    const response = await fetch(issuer.jwksUrl, { signal: AbortSignal.timeout(3_000) });
    const { keys: published } = jwksModel.parse(await response.json());
    keys = new Map(published.map((key) => [key.kid, createPublicKey({ key: key as JsonWebKey, format: 'jwk' })]));
  };
  /** Everybody who comes while the issuer is being asked waits for the same answer. */
  const refresh = async (): Promise<void> => {
    if (!asking && now().getTime() - asked < REFRESH_AT_MOST_EVERY_MS) return;
    // Out of reach is not the same as refused, but a token that cannot be checked is not believed either way.
    asking ??= ask()
      .catch(() => undefined)
      .finally(() => (asking = undefined));
    await asking;
  };
  return async (kid: string): Promise<KeyObject | undefined> => {
    if (!keys.has(kid)) await refresh();
    return keys.get(kid);
  };
};

/**
 * Verifies access tokens (RFC 9068 shape, ES256 only). The issuer decides what its tokens can be: one that lets guests
 * in cannot make members.
 */
export const createTokenVerifier = (issuers: readonly TrustedIssuer[], now: () => Date): TokenVerifier => {
  const trusted = new Map(issuers.map((issuer) => [issuer.issuer, { ...issuer, keyOf: createKeyStore(issuer, now) }]));
  return async (token) => {
    const decoded = jwt.decode(token, { complete: true });
    if (!decoded || typeof decoded.payload === 'string' || !decoded.header.kid) return undefined;
    // Extensions that must be understood (RFC 7515, 4.1.11): none is.
    if ('crit' in decoded.header) return undefined;
    const issuer = trusted.get(decoded.payload.iss ?? '');
    const key = await issuer?.keyOf(decoded.header.kid);
    if (!issuer || !key) return undefined;
    try {
      const claims = claimsModel.parse(
        jwt.verify(token, key, { algorithms: ['ES256'], issuer: issuer.issuer, audience: TOKEN_AUDIENCE, clockTolerance: CLOCK_TOLERANCE_SECONDS, clockTimestamp: Math.floor(now().getTime() / 1_000) }),
      );
      const common = { id: claims.sub, organizationId: claims.org, scopes: claims.scope.split(' ').filter(Boolean) };
      const expiresAt = new Date(claims.exp * 1_000);
      if (issuer.kind === 'user') return { actor: { kind: 'user', ...common }, expiresAt };
      return claims.res === undefined ? undefined : { actor: { kind: 'guest', ...common, resourceId: claims.res }, expiresAt };
    } catch {
      return undefined;
    }
  };
};
