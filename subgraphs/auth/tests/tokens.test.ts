import { createVerify, generateKeyPairSync } from 'node:crypto';
import { createTokenVerifier } from '@buffrsign/kernel/gateway';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServices } from '../src/services.ts';
import { envModel } from '../src/env.ts';
import { builtInRoles } from '../src/domain/roles.ts';
import { startWorld, type Person, type World } from './world.ts';

let world: World;
let owner: Person;
beforeAll(async () => {
  world = await startWorld();
  owner = await world.founder('Owner');
});
afterAll(() => world.graph.stop());

const keys = async () => {
  const response = await fetch(`${world.graph.url}/.well-known/jwks.json`);
  return ((await response.json()) as { keys: Record<string, string>[] }).keys;
};
const decode = (token: string) => jwt.decode(token, { complete: true })!;

describe('an access token', () => {
  test('says who, where, with the scopes of the role and for ten minutes, signed with ES256', async () => {
    const member = await world.member(owner, 'Manager', 'MANAGER');
    const { header, payload } = decode(member.tokens.accessToken);
    expect(header).toMatchObject({ alg: 'ES256', kid: (await keys())[0]!['kid'] });
    expect(payload).toMatchObject({ iss: 'auth', aud: 'buffrsign', sub: member.user.id, org: owner.organization.id, scope: builtInRoles.MANAGER.permissions.join(' ') });
    const { iat, exp } = payload as { iat: number; exp: number };
    expect(exp - iat).toBe(600);
    expect(new Date(member.tokens.expiresAt).getTime()).toBe(exp * 1_000);
  });

  test('is not believed when it is over, from another key, or from nobody', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { header, payload } = decode(owner.tokens.accessToken);
    const forged = jwt.sign(payload, privateKey, { algorithm: 'ES256', keyid: header.kid! });
    const unsigned = `${Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.`;
    const verify = createTokenVerifier([{ issuer: 'auth', kind: 'user', jwksUrl: `${world.graph.url}/.well-known/jwks.json` }], () => new Date(Date.now() + 11 * 60_000));
    await expect(world.actorOf(forged)).rejects.toThrow();
    await expect(world.actorOf(unsigned)).rejects.toThrow();
    expect(await verify(owner.tokens.accessToken)).toBeUndefined();
  });
});

describe('the signing keys', () => {
  test('are published without their private half, which lies encrypted in the database', async () => {
    expect(await keys()).toEqual([{ kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String), kid: expect.any(String), use: 'sig', alg: 'ES256' }]);
    const rows = await world.graph.tools.db.signingKey.findMany();
    expect(JSON.stringify(rows)).not.toContain('PRIVATE KEY');
  });

  test('are replaced by rotation, and tokens of the old one are believed until they end', async () => {
    const before = await world.login('owner@example.na');
    await world.graph.tools.services.tokens.rotate();
    // The new key is published a minute before it signs.
    world.pass(61);
    const after = await world.login('owner@example.na');
    expect(decode(after.tokens.accessToken).header.kid).not.toBe(decode(before.tokens.accessToken).header.kid);
    expect(await keys()).toHaveLength(2);
    // A gateway that starts now learns both.
    const verify = createTokenVerifier([{ issuer: 'auth', kind: 'user', jwksUrl: `${world.graph.url}/.well-known/jwks.json` }], world.now);
    expect((await verify(before.tokens.accessToken))?.actor).toMatchObject({ id: owner.user.id });
    expect((await verify(after.tokens.accessToken))?.actor).toMatchObject({ id: owner.user.id });
  });

  test('are learnt by other processes within a minute of a rotation, and forgotten a week after', async () => {
    const { db } = world.graph.tools;
    const kernel = { dataKey: 'only-for-tests-only-for-tests-only-for-tests-2' } as never;
    const other = createServices({ db, env: envModel.parse({}), kernel, tools: { ...world.graph.tools, now: world.now }, directory: undefined as never }).tokens;
    const claims = { subject: 'usr_1', organizationId: 'org_1', scopes: [], lifetimeSeconds: 60 };
    const old = decode((await other.issue(claims)).token).header.kid;
    await world.graph.tools.services.tokens.rotate();
    world.pass(61);
    const current = decode((await other.issue(claims)).token).header.kid;
    expect(current).not.toBe(old);
    world.pass(8 * 86_400);
    expect((await keys()).map(({ kid }) => kid)).toEqual([current]);
  });

  test('are waited for by everybody who comes while a gateway is still learning them', async () => {
    const { tokens: { accessToken } } = await world.login('owner@example.na');
    const verify = createTokenVerifier([{ issuer: 'auth', kind: 'user', jwksUrl: `${world.graph.url}/.well-known/jwks.json` }], world.now);
    const verified = await Promise.all([verify(accessToken), verify(accessToken), verify(accessToken)]);
    expect(verified.map((one) => one?.actor)).toEqual(Array(3).fill(expect.objectContaining({ id: owner.user.id })));
  });
});

test('an ES256 signature is checked by the published key alone', async () => {
  const { tokens } = await world.login('owner@example.na');
  const [head, body, signature] = tokens.accessToken.split('.');
  const [key] = await keys();
  const verifier = createVerify('SHA256').update(`${head}.${body}`);
  expect(verifier.verify({ key: key as never, format: 'jwk', dsaEncoding: 'ieee-p1363' }, signature!, 'base64url')).toBe(true);
});
