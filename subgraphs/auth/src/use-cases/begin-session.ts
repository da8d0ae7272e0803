import { newId } from '@buffrsign/kernel';
import type { Membership, Organization, User } from '../__generated__/prisma/client.ts';
import type { Tools, Tx } from '../context.ts';
import { ACCESS_TOKEN_SECONDS, refreshExpiry } from '../domain/refresh.ts';
import { hashOf, newSecret } from '../secrets.ts';
import { requireRole } from './find-role.ts';

/** What may be issued once the transaction that decided it is committed. */
export interface Grant {
  readonly userId: string;
  readonly organizationId: string;
  readonly scopes: readonly string[];
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

/** `Tokens` of the schema. */
export interface Tokens {
  readonly accessToken: string;
  readonly expiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

/** Adds the next refresh token to a session; only its hash is kept. */
export const grantTokens = async (tx: Tx, sessionId: string, membership: Membership): Promise<Grant> => {
  const { userId, organizationId } = membership;
  const refreshToken = newSecret('rt');
  await tx.db.refreshToken.create({ data: { hash: hashOf(refreshToken), sessionId, createdAt: tx.now } });
  const { permissions } = await requireRole(tx, organizationId, membership.role);
  return { userId, organizationId, scopes: permissions, refreshToken, refreshTokenExpiresAt: refreshExpiry(tx.now) };
};

/** Begins a session of an active member. */
export const beginSession = async (tx: Tx, membership: Membership, device: string | null): Promise<Grant> => {
  const { userId, organizationId } = membership;
  const id = newId('ses');
  await tx.db.session.create({ data: { id, userId, organizationId, device, createdAt: tx.now, lastUsedAt: tx.now, expiresAt: refreshExpiry(tx.now) } });
  return grantTokens(tx, id, membership);
};

/** Issues the tokens of a grant. */
export const issueTokens = async ({ services }: Tools, { userId, organizationId, scopes, refreshToken, refreshTokenExpiresAt }: Grant): Promise<Tokens> => {
  const { token, expiresAt } = await services.tokens.issue({ subject: userId, organizationId, scopes, lifetimeSeconds: ACCESS_TOKEN_SECONDS });
  return { accessToken: token, expiresAt, refreshToken, refreshTokenExpiresAt };
};

/** What the schema says about somebody who signs in, beside the tokens. */
export interface SignedIn {
  readonly user: Pick<User, 'id' | 'name' | 'email'>;
  readonly organization: { readonly id: string; readonly name: string; readonly roleId: string };
}

export const signedIn = ({ id, name, email }: User, membership: Membership & { readonly organization: Organization }): SignedIn => ({
  user: { id, name, email },
  organization: { id: membership.organizationId, name: membership.organization.name, roleId: membership.role },
});
