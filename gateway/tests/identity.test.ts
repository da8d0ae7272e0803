import { ACTOR_HEADER, mintActorToken } from '@buffrsign/kernel/gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRaw } from './support/client.ts';
import { startIssuer } from './support/issuer.ts';
import { startPlatform, type Platform } from './support/platform.ts';
import { SECRET } from './support/subgraph.ts';

describe('identity', () => {
  let platform: Platform;
  let clockAhead = 0;
  beforeAll(async () => {
    platform = await startPlatform('over HTTP', { now: () => new Date(Date.now() + clockAhead) });
  });
  beforeEach(() => {
    platform.forget();
    clockAhead = 0;
  });
  afterAll(() => platform.stop());

  it('takes a request without a token for anonymous', async () => {
    await platform.ask('{ users { id } }');
    expect(platform.users.seen.map(({ actor }) => actor)).toEqual([{ kind: 'anonymous' }]);
  });

  it.each([
    ['one that is no token', () => 'Bearer nonsense'],
    ['one of another scheme', () => 'Basic dXNlcjpwYXNz'],
    ['an empty one', () => 'Bearer '],
    ['one that expired', () => `Bearer ${platform.issuer.issue({ lifetimeSeconds: -60 })}`],
    ['one that expired within the tolerance for clocks', () => `Bearer ${platform.issuer.issue({ lifetimeSeconds: -5 })}`],
    ['one for somebody else', () => `Bearer ${platform.issuer.issue({ audience: 'another-service' })}`],
    ['an actor token', () => `Bearer ${mintActorToken({ kind: 'anonymous' }, SECRET)}`],
  ])('refuses %s with 401 and fetches nothing', async (_what, authorization) => {
    const { status, headers, body } = await platform.ask('{ users { id } }', { headers: { authorization: authorization() } });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
    expect(body).toEqual({ errors: [{ message: expect.stringContaining('Sign in first'), extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(platform.sent()).toBe('');
  });

  it('refuses a token of an issuer that is not trusted', async () => {
    const stranger = await startIssuer('stranger');
    expect((await platform.ask('{ users { id } }', { token: stranger.issue() })).status).toBe(401);
    const impostor = await startIssuer('auth');
    expect((await platform.ask('{ users { id } }', { token: impostor.issue() })).status).toBe(401);
    await Promise.all([stranger.stop(), impostor.stop()]);
  });

  it('passes on no header of the client, least of all who acts', async () => {
    const forged = mintActorToken({ kind: 'user', id: 'u2', organizationId: 'org2', scopes: ['admin'] }, SECRET);
    const { body } = await platform.ask('{ users { salary } }', { headers: { [ACTOR_HEADER]: forged, 'x-internal': 'yes', cookie: 'a=b' } });
    expect(body.data).toEqual({ users: [{ salary: null }, { salary: null }] });
    expect(platform.users.seen).toHaveLength(1);
    expect(platform.users.seen[0]?.actor).toEqual({ kind: 'anonymous' });
    expect(platform.users.seen[0]?.headers).not.toHaveProperty('x-internal');
    expect(platform.users.seen[0]?.headers).not.toHaveProperty('cookie');
  });

  it('believes a new key of an issuer once it is published', async () => {
    const issuer = await startIssuer('rotating');
    const rotating = await startPlatform('in process', { issuers: [issuer.trusted], now: () => new Date(Date.now() + clockAhead) });
    const before = issuer.issue();
    expect((await rotating.ask('{ me { id } }', { token: before })).status).toBe(200);
    issuer.rotate();
    const after = issuer.issue();
    // Key sets are asked for again only so often: an unknown key is no way to make the gateway flood an issuer.
    expect((await rotating.ask('{ me { id } }', { token: after })).status).toBe(401);
    clockAhead = 15_000;
    expect((await rotating.ask('{ me { id } }', { token: after })).body.data).toEqual({ me: { id: 'u1' } });
    expect((await rotating.ask('{ me { id } }', { token: before })).status).toBe(401);
    await Promise.all([rotating.stop(), issuer.stop()]);
  });

  it('believes everybody who comes while it learns the keys of an issuer', async () => {
    const fresh = await startPlatform('in process', { issuers: [platform.issuer.trusted] });
    const answers = await Promise.all(Array.from({ length: 5 }, () => fresh.ask('{ me { id } }', { token: platform.issuer.issue() })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await fresh.stop();
  });

  it.each(['authorization', 'Authorization'])('lets a socket in by %s in its connection_init', async (key) => {
    const { say, received, socket } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init', payload: { [key]: `Bearer ${platform.issuer.issue({ subject: 'u2' })}` } });
    say({ type: 'ping' });
    await expect.poll(() => received.map(({ type }) => type)).toContain('connection_ack');
    say({ id: '1', type: 'subscribe', payload: { query: '{ me { name } }' } });
    await expect.poll(() => received.find(({ type }) => type === 'next')?.['payload']).toEqual({ data: { me: { name: 'Tangeni' } } });
    socket.close();
  });

  it.each(['Bearer nonsense', '', 7])('closes a socket with 4403 when its token is %s', async (authorization) => {
    const { say, closed } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init', payload: { authorization } });
    expect(await closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it('closes a socket with 4403 and says why when its token runs out, and ends its streams', async () => {
    const token = platform.issuer.issue({ lifetimeSeconds: 100 });
    clockAhead = 99_000;
    const { say, closed, received } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    await expect.poll(() => received).toEqual([{ type: 'connection_ack' }]);
    say({ id: '1', type: 'subscribe', payload: { query: 'subscription { watched { value } }' } });
    expect(await closed).toEqual({ code: 4403, reason: expect.stringContaining('expired') });
    await expect.poll(() => platform.ticker.readers()).toBe(0);
  });
});
