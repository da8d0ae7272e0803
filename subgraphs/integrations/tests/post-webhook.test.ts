import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { postWebhook } from '../src/http/post-webhook.ts';
import { resolveHost } from '../src/http/resolve-host.ts';
import { receiverUnderTest } from './receiver.ts';
import { selfSigned } from './self-signed.ts';

const receiver = receiverUnderTest();
const development = { rules: { allowLoopback: true }, resolveHost };
const post = (url: string, options: Partial<Parameters<typeof postWebhook>[1]> = {}) => postWebhook({ url, headers: { 'webhook-id': 'evt_1' }, body: '{}' }, { ...development, ...options });

describe('posting', () => {
  test.each([
    ['/200', 'ACCEPTED', 200],
    ['/204', 'ACCEPTED', 204],
    ['/400', 'REJECTED', 400],
    ['/500', 'REJECTED', 500],
  ])('to an endpoint that answers %s is %s', async (path, outcome, status) => {
    expect(await post(receiver.url(path))).toMatchObject({ outcome, status });
  });

  test('follows no redirect', async () => {
    const before = receiver.at('/200').length;
    expect(await post(receiver.url('/302'))).toMatchObject({ outcome: 'REJECTED', status: 302 });
    expect(receiver.at('/200')).toHaveLength(before);
  });

  test('hears for how long an endpoint wants to be left alone', async () => {
    expect(await post(receiver.url('/429'))).toMatchObject({ outcome: 'REJECTED', retryAfterSeconds: 3_600 });
  });

  test('gives up on an endpoint that does not answer', async () => {
    expect(await post(receiver.url('/silent'), { timeoutMs: 100 })).toMatchObject({ outcome: 'TIMED_OUT', status: null });
  });

  test('gives up on a name that is not resolved in time', async () => {
    expect(await post('https://hooks.example.na/', { timeoutMs: 50, resolveHost: () => new Promise(() => undefined) })).toMatchObject({ outcome: 'TIMED_OUT' });
  });

  test('says when nobody is there', async () => {
    expect(await post('http://127.0.0.1:1/')).toMatchObject({ outcome: 'UNREACHABLE', message: 'The endpoint could not be reached (ECONNREFUSED).' });
  });

  test.each([
    ['by its address', 'http://127.0.0.1', resolveHost],
    ['by a public name that leads here', 'https://hooks.example.na', async () => ['127.0.0.1']],
    ['by a public name that leads here too', 'https://hooks.example.na', async () => ['41.182.0.1', '10.0.0.1']],
    ['by a public name that leads to cloud metadata', 'https://hooks.example.na', async () => ['169.254.169.254']],
  ])('reaches nothing inside %s', async (_how, origin, resolve) => {
    const before = receiver.received.length;
    const result = await post(`${origin}${origin.startsWith('https') ? '' : `:${receiver.port()}`}/200`, { rules: { allowLoopback: false }, resolveHost: resolve });
    expect(result).toMatchObject({ outcome: 'ADDRESS_REFUSED', status: null });
    expect(receiver.received).toHaveLength(before);
  });

  test('connects to the address that was judged, asking for it once: a name that leads elsewhere the next moment gains nothing', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    // No public resolver knows this name, so a second question to it would fail.
    const result = await post(`http://hooks.localhost:${receiver.port()}/200`, { resolveHost: async () => answers[asked++] ?? [] });
    expect(result.outcome).toBe('ACCEPTED');
    expect(asked).toBe(1);
    expect(receiver.received.at(-1)?.headers.host).toBe(`hooks.localhost:${receiver.port()}`);
  });

  test('tells nothing to an endpoint whose certificate cannot be verified', async () => {
    let told = 0;
    const server = createServer(selfSigned(), (_request, response) => {
      told += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const result = await post(`https://localhost:${(server.address() as AddressInfo).port}/`, { resolveHost: async () => ['127.0.0.1'] });
    await new Promise((resolve) => server.close(resolve));
    expect(result).toMatchObject({ outcome: 'UNREACHABLE', message: 'The endpoint could not be reached (DEPTH_ZERO_SELF_SIGNED_CERT).' });
    expect(told).toBe(0);
  });
});
