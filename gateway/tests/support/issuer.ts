import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import type { TrustedIssuer } from '@buffrsign/kernel/gateway';

/** Issues ES256 tokens and publishes its key set over HTTP, as an issuing subgraph does. */
export interface TestIssuer {
  readonly trusted: TrustedIssuer;
  issue(claims?: { scopes?: readonly string[]; subject?: string; organizationId?: string; lifetimeSeconds?: number; audience?: string }): string;
  /** Signs with a new key from now on; the old one is no longer published. */
  rotate(): void;
  stop(): Promise<void>;
}

export const startIssuer = async (name = 'auth'): Promise<TestIssuer> => {
  let kid = '';
  let keys: { privateKey: KeyObject; publicKey: KeyObject };
  const rotate = (): void => {
    keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    kid = randomUUID();
  };
  rotate();
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' }] })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    trusted: { issuer: name, kind: 'user', jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json` },
    issue: ({ scopes = [], subject = 'u1', organizationId = 'org1', lifetimeSeconds = 300, audience = 'buffrsign' } = {}) =>
      jwt.sign({ org: organizationId, scope: scopes.join(' ') }, keys.privateKey, { algorithm: 'ES256', keyid: kid, issuer: name, audience, subject, expiresIn: lifetimeSeconds }),
    rotate,
    stop: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
};
