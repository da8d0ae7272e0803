import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TimestampRefused, TimestampUnavailable, createTimestampClient, failover, signPdf, signUpdate, type TimestampAuthority } from '../src/index.ts';
import { startTestServers, testTimestampAuthority, type TestServers, type TsaBehaviour } from '../src/test-trust/index.ts';
import { classicPdf } from './support/fixtures.ts';
import { signaturesOf } from './support/signature.ts';
import { signatureTimestampOf } from './support/timestamp.ts';
import { Workshop, describeWith, run } from './support/tools.ts';
import { NOW, freshSeal } from './support/trust.ts';

const workshop = new Workshop();
const DIGEST = createHash('sha256').update('something').digest();
const now = (): Date => NOW;

let seal: Awaited<ReturnType<typeof freshSeal>>;
let foreign: Awaited<ReturnType<typeof freshSeal>>;
let servers: TestServers;
let spare: TestServers;
beforeAll(async () => {
  [seal, foreign] = await Promise.all([freshSeal(), freshSeal()]);
  [servers, spare] = await Promise.all([startTestServers(seal.trust, { now, foreign: foreign.trust }), startTestServers(seal.trust, { now })]);
});
afterAll(async () => {
  await Promise.all([servers.close(), spare.close()]);
  workshop[Symbol.dispose]();
});
afterEach(() => {
  servers.behaviour.tsa = 'honest';
});

const client = (options: { url?: string; name?: string; now?: () => Date; trust?: Uint8Array[] } = {}): TimestampAuthority =>
  createTimestampClient({ url: servers.tsaUrl, trust: [seal.trust.root], timeoutMs: 300, now, name: 'first', ...options });

async function failureOf(behaviour: TsaBehaviour, authority = client()): Promise<unknown> {
  servers.behaviour.tsa = behaviour;
  return authority.timestamp(DIGEST).then(
    () => 'a token',
    (error: unknown) => error,
  );
}

describe('The time-stamp client', () => {
  it('hands out a token that an honest authority made for this digest, now', async () => {
    const { genTime, authority, token } = await client().timestamp(DIGEST);
    expect([genTime.getTime(), authority]).toEqual([Math.floor(NOW.getTime() / 1000) * 1000, 'first']);
    expect(Buffer.from(token).includes(DIGEST)).toBe(true);
  });

  it.each<[TsaBehaviour, string]>([
    ['rejected', 'STATUS'],
    ['garbage', 'MALFORMED'],
    ['wrong-imprint', 'IMPRINT'],
    ['wrong-nonce', 'NONCE'],
    ['no-nonce', 'NONCE'],
    ['bad-signature', 'SIGNATURE'],
    ['signer-certificate', 'SIGNATURE'],
    ['foreign-certificate', 'UNTRUSTED'],
    ['wrong-time', 'TIME'],
  ])('refuses by name an answer that is %s', async (behaviour, code) => {
    const error = await failureOf(behaviour);
    expect(error).toBeInstanceOf(TimestampRefused);
    expect(error).toMatchObject({ code, authority: 'first' });
  });

  it('refuses a token that was made for an earlier question, even about the same digest', async () => {
    await client().timestamp(DIGEST);
    expect(await failureOf('replayed')).toMatchObject({ name: 'TimestampRefused', code: 'NONCE' });
    const other = createHash('sha256').update('else').digest();
    await expect(client().timestamp(other)).rejects.toMatchObject({ name: 'TimestampRefused', code: 'IMPRINT' });
  });

  it('repeats what the authority says when it refuses', async () => {
    expect(await failureOf('rejected')).toMatchObject({ message: expect.stringContaining('status 2 (quota used up)') });
  });

  it.each<[TsaBehaviour, RegExp]>([
    ['hanging', /no answer within 300 ms/],
    ['slow-body', /no answer within 300 ms/],
    ['endless', /larger than \d+ bytes/],
    ['server-error', /HTTP status 503/],
    ['redirect', /redirect/],
  ])('gives up on a server that is %s, within its bounds', async (behaviour, reason) => {
    const error = await failureOf(behaviour);
    expect(error).toBeInstanceOf(TimestampUnavailable);
    expect(error).toMatchObject({ attempts: [{ authority: 'first', reason: expect.stringMatching(reason) }] });
  });

  it('says when nobody listens', async () => {
    await expect(client({ url: 'http://127.0.0.1:1/' }).timestamp(DIGEST)).rejects.toMatchObject({ name: 'TimestampUnavailable' });
    await expect(client({ url: 'file:///etc/passwd' }).timestamp(DIGEST)).rejects.toMatchObject({ name: 'TimestampUnavailable' });
  });

  it('believes only roots that it was given', async () => {
    await expect(client({ trust: [foreign.trust.root] }).timestamp(DIGEST)).rejects.toMatchObject({ code: 'UNTRUSTED' });
  });

  describeWith(['openssl'], 'for openssl', () => {
    it('hands out what openssl ts verifies, and only for this digest', async () => {
      const { token } = await client().timestamp(DIGEST);
      const files = { token: workshop.file(token, 'der'), root: workshop.file(seal.rootPem, 'pem') };
      const verify = (digest: Buffer) => run('openssl', ['ts', '-verify', '-digest', digest.toString('hex'), '-in', files.token, '-token_in', '-CAfile', files.root]);
      expect(verify(DIGEST)).toMatchObject({ code: 0, output: expect.stringContaining('Verification: OK') });
      expect(verify(createHash('sha256').update('else').digest()).code).not.toBe(0);
    });
  });
});

describe('Several authorities', () => {
  it.each<TsaBehaviour>(['hanging', 'garbage', 'wrong-imprint', 'foreign-certificate', 'rejected'])('take over in the configured order from one that is %s', async (behaviour) => {
    servers.behaviour.tsa = behaviour;
    const both = failover([client(), client({ url: spare.tsaUrl, name: 'second' })]);
    expect((await both.timestamp(DIGEST)).authority).toBe('second');
  });

  it('are not asked when the first one answers', async () => {
    const before = spare.requests.tsa;
    await failover([client(), client({ url: spare.tsaUrl, name: 'second' })]).timestamp(DIGEST);
    expect(spare.requests.tsa).toBe(before);
  });

  it('fail together with what each of them said', async () => {
    const error = await failureOf('wrong-nonce', failover([client(), client({ url: 'http://127.0.0.1:1/', name: 'second' })]));
    expect(error).toBeInstanceOf(TimestampUnavailable);
    expect((error as TimestampUnavailable).attempts).toEqual([
      { authority: 'first', reason: expect.stringContaining('not the answer') },
      { authority: 'second', reason: expect.any(String) },
    ]);
  });

  it('fail by name when there are none', async () => {
    await expect(failover([]).timestamp(DIGEST)).rejects.toBeInstanceOf(TimestampUnavailable);
  });
});

describe('A signature with a time-stamp', () => {
  const options = () => ({ signer: seal.signer, signedAt: NOW });

  it('carries a token over its own value, and nothing is signed when none is to be had', async () => {
    const { bytes, timestamp } = await signUpdate(classicPdf(), { ...options(), timestamp: client() });
    const [signature] = signaturesOf(Buffer.concat([classicPdf(), bytes]));
    const { token, value } = signatureTimestampOf(signature?.cms ?? Buffer.alloc(0));
    expect(token).toEqual(Buffer.from(timestamp?.token ?? []));
    expect(token?.includes(createHash('sha256').update(value).digest())).toBe(true);
    servers.behaviour.tsa = 'wrong-imprint';
    await expect(signPdf(classicPdf(), { ...options(), timestamp: client() })).rejects.toBeInstanceOf(TimestampRefused);
  });

  it('is made again with more room when a token is larger than expected, and at once with enough the next time', async () => {
    servers.behaviour.tsa = 'large-token';
    const authority = client();
    let asked = 0;
    const signer = { ...seal.signer, sign: (tbs: Uint8Array) => (asked++, seal.signer.sign(tbs)) };
    const signed = await signPdf(classicPdf(), { ...options(), signer, timestamp: authority });
    expect([asked, signaturesOf(signed).length]).toEqual([2, 1]);
    expect(signatureTimestampOf(signaturesOf(signed)[0]?.cms ?? Buffer.alloc(0)).token?.length).toBeGreaterThan(16_384);
    await signPdf(classicPdf(), { ...options(), signer, timestamp: authority });
    expect(asked).toBe(3);
  });

  it('is given up by name when tokens grow faster than the room', async () => {
    let length = 20_000;
    const growing: TimestampAuthority = { name: 'growing', timestamp: async () => ({ token: Buffer.alloc((length *= 2)), genTime: NOW, authority: 'growing' }) };
    await expect(signPdf(classicPdf(), { ...options(), timestamp: growing })).rejects.toMatchObject({ code: 'TIMESTAMP_TOO_LARGE' });
  });

  it('keeps room for a token as configured', async () => {
    const timestamp = testTimestampAuthority(seal.trust, NOW);
    const rooms = await Promise.all([2000, 4000].map(async (timestampRoom) => {
      const [signature] = signaturesOf(await signPdf(classicPdf(), { ...options(), timestamp, timestampRoom }));
      const [, length = 0, next = 0] = signature?.byteRange ?? [];
      return next - length;
    }));
    expect((rooms[1] ?? 0) - (rooms[0] ?? 0)).toBe(4000);
  });

  describeWith(['pdfsig', 'certutil'], 'for pdfsig', () => {
    it('is valid and trusted', async () => {
      const signed = await signPdf(classicPdf(), { ...options(), timestamp: client() });
      expect(workshop.pdfsig(signed, seal.rootPem)).toMatch(/Signature is Valid\.[^]*Certificate is Trusted\./);
    });
  });
});
