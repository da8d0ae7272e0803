import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRaw } from '../support/client.ts';
import { startPlatform, type Platform } from '../support/platform.ts';

interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const newKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const [own, guests, attacker] = [newKeys(), newKeys(), newKeys()];

/** Publishes one key by its name, and counts how often it is asked for. */
const publish = async ({ publicKey }: Keys, kid: string) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end(JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`, asked: () => asked, stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())) };
};

type Claims = Record<string, unknown>;
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
const claims = (more: Claims = {}): Claims => ({ iss: 'auth', aud: 'buffrsign', sub: 'u1', org: 'org1', scope: '', iat: inSeconds(0), exp: inSeconds(300), ...more });
const header = (more: Claims = {}): Claims => ({ alg: 'ES256', typ: 'JWT', kid: 'own', ...more });

const signed = (head: Claims, body: Claims, keys: Keys): string => {
  const text = `${encode(head)}.${encode(body)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: keys.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};
const signedWithSecret = (head: Claims, body: Claims, secret: string | Buffer): string => {
  const text = `${encode(head)}.${encode(body)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};
const good = (head: Claims = {}, body: Claims = {}): string => signed(header(head), claims(body), own);
const without = (name: string): string => signed(header(), Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name)), own);

describe('a forged or confused access token', () => {
  let platform: Platform;
  let stopKeys: (() => Promise<unknown>)[];
  let elsewhere: Awaited<ReturnType<typeof publish>>;
  beforeAll(async () => {
    const [ofMembers, ofGuests] = await Promise.all([publish(own, 'own'), publish(guests, 'guests')]);
    elsewhere = await publish(attacker, 'attacker');
    stopKeys = [ofMembers.stop, ofGuests.stop, elsewhere.stop];
    platform = await startPlatform('in process', {
      issuers: [
        { issuer: 'auth', kind: 'user', jwksUrl: ofMembers.url },
        { issuer: 'signatures', kind: 'guest', jwksUrl: ofGuests.url },
      ],
    });
  });
  beforeEach(() => platform.forget());
  afterAll(async () => {
    await platform.stop();
    await Promise.all(stopKeys.map((stop) => stop()));
  });

  const statusFor = async (token: string): Promise<number> => (await platform.ask('{ me { id } }', { token })).status;

  it('is told from a good one, which is believed', async () => {
    expect(await statusFor(good())).toBe(200);
    expect(await statusFor(signed(header({ kid: 'guests' }), claims({ iss: 'signatures', res: 'env_1' }), guests))).toBe(200);
  });

  const pem = (): string => own.publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const jwk = () => attacker.publicKey.export({ format: 'jwk' });
  it.each<[attack: string, token: () => string]>([
    ['without a signature: alg none', () => `${encode(header({ alg: 'none' }))}.${encode(claims())}.`],
    ['without a signature: alg nOnE', () => `${encode(header({ alg: 'nOnE' }))}.${encode(claims())}.`],
    ['without a signature: ES256 with nothing', () => `${encode(header())}.${encode(claims())}.`],
    ['with a signature of zeros', () => `${encode(header())}.${encode(claims())}.${Buffer.alloc(64).toString('base64url')}`],
    ['signed by HMAC with the public key as PEM', () => signedWithSecret(header({ alg: 'HS256' }), claims(), pem())],
    ['signed by HMAC with the public key as JWK', () => signedWithSecret(header({ alg: 'HS256' }), claims(), JSON.stringify(own.publicKey.export({ format: 'jwk' })))],
    ['signed by HMAC with nothing', () => signedWithSecret(header({ alg: 'HS256' }), claims(), '')],
    ['that calls its own signature another algorithm', () => good({ alg: 'RS256' })],
    ['signed with a key of the attacker under a known name', () => signed(header(), claims(), attacker)],
    ['signed with a key that nobody published', () => signed(header({ kid: 'attacker' }), claims(), attacker)],
    ['that names no key', () => signed({ alg: 'ES256' }, claims(), own)],
    ['whose key is named like something that every object has', () => signed(header({ kid: '__proto__' }), claims(), attacker)],
    ['of an issuer that is not trusted', () => good({}, { iss: 'stranger' })],
    ['of an issuer that is named like something that every object has', () => good({}, { iss: 'constructor' })],
    ['of no issuer', () => without('iss')],
    ['of one issuer signed with the key of another', () => signed(header({ kid: 'guests' }), claims(), guests)],
    ['of an issuer of guests that makes a member', () => signed(header({ kid: 'guests' }), claims({ iss: 'signatures' }), guests)],
    ['that expired', () => good({}, { exp: inSeconds(-1) })],
    ['that never expires', () => without('exp')],
    ['that expires at no number', () => good({}, { exp: 'never' })],
    ['that is not valid yet, by more than clocks may differ', () => good({}, { nbf: inSeconds(90) })],
    ['for somebody else', () => good({}, { aud: 'others' })],
    ['for nobody', () => without('aud')],
    ['of nobody', () => without('sub')],
    ['that brings its key along (jwk)', () => signed(header({ kid: 'attacker', jwk: jwk() }), claims(), attacker)],
    ['that brings a key along under a known name (jwk)', () => signed(header({ jwk: jwk() }), claims(), attacker)],
    ['that says where its keys are (jku)', () => signed(header({ kid: 'attacker', jku: elsewhere.url }), claims(), attacker)],
    ['that says where its certificate is (x5u)', () => signed(header({ kid: 'attacker', x5u: elsewhere.url }), claims(), attacker)],
    ['that brings its certificate along (x5c)', () => signed(header({ kid: 'attacker', x5c: ['MIIB'] }), claims(), attacker)],
    ['that must be understood in a way that is not (crit)', () => good({ crit: ['b64'], b64: false })],
    ['with another content than was signed', () => good().replace(/\.[^.]+\./, `.${encode(claims({ sub: 'u2', scope: 'admin' }))}.`)],
    ['with another header than was signed', () => good().replace(/^[^.]+/, encode(header({ typ: 'at+jwt' })))],
  ])('is refused %s', async (_attack, token) => {
    expect(await statusFor(token())).toBe(401);
    expect(platform.sent()).toBe('');
    expect(elsewhere.asked()).toBe(0);
  });

  it('is refused on a socket as well', async () => {
    const { say, closed } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init', payload: { authorization: `Bearer ${signed(header(), claims(), attacker)}` } });
    expect((await closed).code).toBe(4403);
  });

  it('is not one that begins a little later than now: clocks may differ by 30 seconds', async () => {
    expect(await statusFor(good({}, { nbf: inSeconds(20) }))).toBe(200);
    expect(await statusFor(good({}, { exp: inSeconds(-20) }))).toBe(401);
  });

  it('gives who acts no other way in: an actor in the payload of a socket is nobody', async () => {
    const { say, received, socket } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init', payload: { actor: { kind: 'user', id: 'u1', organizationId: 'org1', scopes: ['admin'] }, 'x-buffrsign-actor': 'x' } });
    await expect.poll(() => received).toEqual([{ type: 'connection_ack' }]);
    say({ id: '1', type: 'subscribe', payload: { query: '{ users { salary } }', extensions: { actor: { kind: 'user' } } } });
    await expect.poll(() => received.find(({ type }) => type === 'next')?.['payload'].data).toEqual({ users: [{ salary: null }, { salary: null }] });
    expect(platform.users.seen.map(({ actor }) => actor)).toEqual([{ kind: 'anonymous' }]);
    socket.close();
  });
});
