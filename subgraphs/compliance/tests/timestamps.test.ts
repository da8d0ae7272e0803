import { readEnv } from '@buffrsign/kernel';
import { createTestTrust, rootPem, startTestServers, type TestServers } from '@buffrsign/pades/test-trust';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyTimestampToken } from '../../../packages/pades/src/tsp/token.ts';
import { env } from '../src/env.ts';
import { openTimestamps } from '../src/services/timestamps.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const digest = Buffer.alloc(32, 5);
const settings = (source: Record<string, string>) => readEnv('compliance', env, source);

describe('timestamps', () => {
  const own: { servers?: TestServers; folder?: string; root?: Uint8Array } = {};
  beforeAll(async () => {
    const trust = await createTestTrust({ now });
    own.folder = await mkdtemp(join(tmpdir(), 'buffrsign-tsa-'));
    own.root = trust.root;
    own.servers = await startTestServers(trust, { now });
    await writeFile(join(own.folder, 'roots.pem'), rootPem(trust));
    await writeFile(join(own.folder, 'empty.pem'), 'nothing');
  });
  afterAll(async () => {
    await own.servers?.close();
    await rm(own.folder!, { recursive: true, force: true });
  });
  const roots = (name = 'roots.pem') => join(own.folder!, name);

  test('come from the first authority of the settings that gives one that holds', async () => {
    const { tsaUrl } = own.servers!;
    const { authority, certificates } = await openTimestamps(settings({ TSA_URLS: `http://127.0.0.1:1/tsa, ${tsaUrl}`, TSA_ROOTS: roots() }), () => now);
    const { token } = await authority.timestamp(digest);
    expect(verifyTimestampToken(token, digest, { trust: [own.root!], now }).trusted).toBe(true);
    expect(certificates).toEqual([own.root]);
    expect(own.servers!.requests.tsa).toBe(1);
  });

  test('are not taken from an authority of another root, and the reason names it', async () => {
    const other = await createTestTrust({ now });
    await writeFile(roots('other.pem'), rootPem(other));
    const { authority } = await openTimestamps(settings({ TSA_URLS: own.servers!.tsaUrl, TSA_ROOTS: roots('other.pem') }), () => now);
    await expect(authority.timestamp(digest)).rejects.toThrow(/127\.0\.0\.1/);
  });

  test.each([
    ['addresses without roots', { TSA_URLS: 'https://tsa.example' }, /TSA_ROOTS/],
    ['roots without addresses', { TSA_ROOTS: 'roots.pem' }, /TSA_ROOTS/],
    ['what is no address', { TSA_URLS: 'tsa, https://tsa.example', TSA_ROOTS: 'roots.pem' }, /TSA_URLS: must be addresses/],
    ['a log with a name that no key can have', { AUDIT_LOG_NAME: 'our log' }, /AUDIT_LOG_NAME/],
  ])('are not set up with %s', (_what, source, message) => {
    expect(() => settings(source)).toThrow(message);
  });

  test.each(['empty.pem', 'missing.pem'])('are not set up with roots that cannot be read (%s)', async (name) => {
    await expect(openTimestamps(settings({ TSA_URLS: 'https://tsa.example', TSA_ROOTS: roots(name) }), () => now)).rejects.toThrow(/^TSA_ROOTS: .*cannot be read/);
  });
});
