import { recipientSent } from '@buffrsign/signatures/events';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { judgeAddress } from '../src/domain/address.ts';
import { judgeUrl } from '../src/domain/endpoint-url.ts';
import { bodyOf, publicEvents } from '../src/domain/public-events.ts';
import { isFailingTooLong, nextAttemptAt, PAUSES_MS } from '../src/domain/schedule.ts';
import { newSecret, signedHeaders } from '../src/domain/secret.ts';

const strict = { allowLoopback: false };
const development = { allowLoopback: true };

describe('an address', () => {
  test.each([
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
    ['IPv4 in IPv6', ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '::10.0.0.1', '::ffff:0:127.0.0.1']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1', 'fec0::1']],
    ['link-local and cloud metadata', ['169.254.169.254', '169.254.170.2', 'fe80::1', 'fd00:ec2::254', '100.100.100.200', '192.0.0.192', '168.63.129.16']],
    ['shared, reserved, documentation', ['100.64.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1', '255.255.255.255', '2001:db8::1', '100::1', '5f00::1', '4000::1']],
    ['unspecified and multicast', ['0.0.0.0', '::', '224.0.0.1', 'ff02::1']],
    ['translation and tunnels', ['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1']],
    ['nothing', ['', 'example.na', '127.0.0.1/8']],
  ])('of kind %s is refused', (_kind, addresses) => {
    expect(addresses.filter((address) => judgeAddress(address, strict).allowed)).toEqual([]);
  });

  test.each(['41.182.0.1', '8.8.8.8', '2606:4700::1111', '2c0f:f598::1', '172.32.0.1'])('%s is public and allowed', (address) => {
    expect(judgeAddress(address, strict)).toEqual({ allowed: true });
  });

  test('of this machine is allowed for development, and no other inside one is', () => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((address) => judgeAddress(address, development).allowed)).toEqual([true, true, true]);
    expect(['10.0.0.1', '169.254.169.254', '0.0.0.0'].map((address) => judgeAddress(address, development).allowed)).toEqual([false, false, false]);
  });
});

describe('an endpoint', () => {
  test.each([
    'http://hooks.example.na/', 'ftp://hooks.example.na/', 'https://user:word@hooks.example.na/', 'https://hooks.example.na:22/',
    'https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://017700000001/', 'https://0/', 'https://①②⑦.0.0.1/',
    'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://[fd00:ec2::254]/', 'https://169.254.169.254/latest/meta-data/', 'https://0xa9fea9fe/',
    'https://localhost/', 'https://localhost./', 'https://hooks.localhost/', 'https://printer.local/', 'https://metadata.google.internal/', 'https://intranet/', 'http://127.0.0.1:8011/',
    `https://hooks.example.na/${'a'.repeat(2_000)}`,
  ])('at %s is refused', (url) => {
    expect(judgeUrl(new URL(url), strict).allowed).toBe(false);
  });

  test.each(['https://hooks.example.na/buffrsign?key=1', 'https://hooks.example.na:8443/', 'https://41.182.0.1/', 'https://HOOKS.EXAMPLE.NA./'])('at %s is allowed', (url) => {
    expect(judgeUrl(new URL(url), strict)).toEqual({ allowed: true });
  });

  test('on this machine is allowed for development, by http too', () => {
    expect(['http://localhost:3000/', 'http://127.0.0.1:8011/', 'http://[::1]:3000/'].map((url) => judgeUrl(new URL(url), development).allowed)).toEqual([true, true, true]);
    expect(judgeUrl(new URL('http://10.0.0.1/'), development).allowed).toBe(false);
  });
});

describe('the schedule', () => {
  const now = new Date('2026-03-01T08:00:00.000Z');
  const pause = (...args: [number, number, (number | null)?]) => (nextAttemptAt(now, ...args)?.getTime() ?? NaN) - now.getTime();

  test('has a pause for every attempt but the last, up to a tenth longer by chance', () => {
    expect(PAUSES_MS.slice(1).map((_, index) => pause(index + 1, 0))).toEqual(PAUSES_MS.slice(1));
    expect(pause(1, 1)).toBe(5_500);
    expect(nextAttemptAt(now, PAUSES_MS.length, 0)).toBeUndefined();
  });

  test('waits as long as an endpoint asks, up to a day and never shorter than planned', () => {
    expect([pause(1, 0, 60), pause(1, 0, 1), pause(1, 0, 9_999_999)]).toEqual([60_000, 5_000, 86_400_000]);
  });

  test('gives an endpoint five days', () => {
    const failing = new Date('2026-02-24T08:00:00.000Z');
    expect([isFailingTooLong(failing, now), isFailingTooLong(new Date(failing.getTime() + 1), now), isFailingTooLong(null, now)]).toEqual([true, false, false]);
  });
});

describe('a signature', () => {
  test('is that of the example in Standard Webhooks', () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at: new Date(1_614_265_330_000) };
    expect(signedHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('is there for every secret, and each secret verifies the message', () => {
    const secrets = [newSecret(), newSecret()];
    const headers = signedHeaders({ id: 'evt_1', body: '{}', at: new Date() }, secrets);
    for (const secret of secrets) expect(new Webhook(secret).verify('{}', headers)).toEqual({});
    expect(() => new Webhook(newSecret()).verify('{}', headers)).toThrow();
  });
});

describe('a message', () => {
  test('tells nothing that is not named, also what a fact gets one day', () => {
    const said = { specversion: '1.0', id: 'evt_1', source: 'signatures', type: recipientSent.name, subject: 'env_1', organizationid: 'org_1', time: '2026-03-01T08:00:00.000Z', data: { envelopeId: 'env_1', recipientId: 'rcp_1', sealedLink: 'SECRET', message: 'SECRET', secretOfTomorrow: 'SECRET' } } as const;
    for (const { messageOf } of publicEvents) {
      const data = { ...said.data, recipients: [{ recipientId: 'rcp_1', sealedLink: 'SECRET' }], pages: [] };
      expect(bodyOf(messageOf({ ...said, data }))).not.toContain('SECRET');
    }
  });

  test('has a name that Standard Webhooks allows, and one of its own', () => {
    const names = publicEvents.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*$/.test(name))).toEqual([]);
  });
});
