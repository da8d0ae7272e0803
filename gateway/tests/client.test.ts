import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readGatewayEnv } from '../src/env.ts';
import { clientOf, readProxies } from '../src/http/client.ts';
import { connect } from './support/client.ts';
import { modes, startPlatform } from './support/platform.ts';
import { SECRET } from './support/subgraph.ts';

const request = (remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage => ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;
const ipOf = (remoteAddress: string, forwarded: string | undefined, proxies: readonly string[]): string | null =>
  clientOf(request(remoteAddress, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }), readProxies(proxies)).ip;

describe('from where a client asks', () => {
  it.each([
    ['is the socket’s address, whatever the client says, when no proxy is trusted', '196.44.140.7', '10.0.0.1', [], '196.44.140.7'],
    ['is the socket’s address when who forwards is not trusted', '196.44.140.7', '10.0.0.1', ['10.0.0.0/8'], '196.44.140.7'],
    ['is what the trusted proxy saw', '10.0.0.1', '196.44.140.7', ['10.0.0.0/8'], '196.44.140.7'],
    ['is what the first of several trusted proxies saw', '10.0.0.1', '196.44.140.7, 10.2.0.1', ['10.0.0.0/8'], '196.44.140.7'],
    ['is not what the client wrote before the proxy', '10.0.0.1', '1.1.1.1, 196.44.140.7', ['10.0.0.1'], '196.44.140.7'],
    ['is the proxy’s own address when it forwards nothing', '10.0.0.1', undefined, ['10.0.0.1'], '10.0.0.1'],
    ['is never what is no address', '10.0.0.1', '<script>', ['10.0.0.1'], '10.0.0.1'],
    ['is an IPv4 address also over an IPv6 socket', '::ffff:196.44.140.7', undefined, [], '196.44.140.7'],
    ['may be an IPv6 address behind an IPv6 proxy', 'fd00::1', '2001:db8::7', ['fd00::/8'], '2001:db8::7'],
  ])('%s', (_what, remote, forwarded, proxies, expected) => {
    expect(ipOf(remote, forwarded, proxies)).toBe(expected);
  });

  it('keeps 512 characters of what a client says it is, in one line', () => {
    const { userAgent } = clientOf(request('127.0.0.1', { 'user-agent': `a\nb${'x'.repeat(600)}` }), readProxies([]));
    expect(userAgent).toHaveLength(512);
    expect(userAgent).toMatch(/^a bx/);
    expect(clientOf(request('127.0.0.1'), readProxies([])).userAgent).toBeNull();
  });

  it.each(modes)('reaches the subgraph %s', async (mode) => {
    const platform = await startPlatform(mode);
    try {
      await platform.ask('{ users { id } }', { headers: { 'user-agent': 'Browser/1.0', 'x-forwarded-for': '1.1.1.1' } });
      expect(platform.users.seen.map(({ client }) => client)).toEqual([{ ip: '127.0.0.1', userAgent: 'Browser/1.0' }]);
    } finally {
      await platform.stop();
    }
  });

  it('reaches the subgraph over a socket as well', async () => {
    const platform = await startPlatform('in process');
    const client = connect(platform.gateway.subscriptionUrl);
    try {
      for await (const { errors } of client.iterate({ query: '{ users { id } }' })) expect(errors).toBeUndefined();
      expect(platform.users.seen.map((seen) => seen.client?.ip)).toEqual(['127.0.0.1']);
    } finally {
      await client.dispose();
      await platform.stop();
    }
  });
});

describe('TRUSTED_PROXIES', () => {
  const settings = { ACTOR_TOKEN_SECRET: SECRET, TOKEN_ISSUERS: 'auth user http://127.0.0.1:1/keys' };

  it('is nobody by default', () => {
    expect(readGatewayEnv(settings).trustedProxies).toEqual([]);
    expect(readGatewayEnv({ ...settings, TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1']);
  });

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/x', '::/129'])('that is no address or network is refused by name: %s', (entry) => {
    expect(() => readGatewayEnv({ ...settings, TRUSTED_PROXIES: entry })).toThrow(`TRUSTED_PROXIES: "${entry}" is no address or network`);
  });
});
