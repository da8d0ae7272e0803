import { HeaderMap } from '@apollo/server';
import { anonymous, problems, type Actor, type TokenVerifier } from '@buffrsign/kernel/gateway';
import { GraphQLError } from 'graphql';

/** Who acts, and until when; an anonymous session has no end. */
export interface Session {
  readonly actor: Actor;
  readonly expiresAt: Date | undefined;
}

/**
 * Reads the value of an `Authorization` header (RFC 6750). Without one the session is anonymous.
 *
 * @throws GraphQLError UNAUTHENTICATED, HTTP 401, for one that is not to be believed: a client that means to be
 * somebody is never served as nobody.
 */
export type Authenticate = (authorization: string | undefined) => Promise<Session>;

const refused = (): GraphQLError =>
  new GraphQLError(problems.UNAUTHENTICATED, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers: new HeaderMap([['www-authenticate', 'Bearer error="invalid_token", error_description="The access token is expired, revoked, malformed or not from a trusted issuer."']]) },
    },
  });

const bearer = /^bearer +([\w.~+/-]+=*)$/i;

export const createAuthenticate =
  (verify: TokenVerifier, now: () => Date): Authenticate =>
  async (authorization) => {
    if (authorization === undefined) return { actor: anonymous, expiresAt: undefined };
    const token = bearer.exec(authorization.trim())?.[1];
    const verified = token === undefined ? undefined : await verify(token);
    if (!verified || verified.expiresAt <= now()) throw refused();
    return verified;
  };
