import { createTestTrust, loadOrCreateTestTrust, rootPem, startTestServers, type TestServers } from '@buffrsign/pades/test-trust';
import { until } from '@buffrsign/kernel/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthorities } from '../src/sealing/pades/authorities.ts';
import { createPadesEngine } from '../src/sealing/pades/engine.ts';
import { createTrust } from '../src/sealing/pades/trust.ts';
import { enqueueSealing } from '../src/tasks/definitions.ts';
import { startDesk, type Desk } from './support/desk.ts';
import * as operations from './support/operations.ts';
import { pdfsig } from './support/pdfsig.ts';

let folder: string;
let servers: TestServers;
let desk: Desk;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buffrsign-tsa-'));
  // The platform's own trust over HTTP: it also says of its authority that nothing was revoked.
  const provider = await loadOrCreateTestTrust(join(folder, 'trust'), { now: new Date() });
  servers = await startTestServers(provider, { now: () => new Date(), foreign: await createTestTrust({ now: new Date() }) });
  await writeFile(join(folder, 'roots.pem'), rootPem(provider));
  servers.behaviour.tsa = 'server-error';
  desk = await startDesk({ env: { TRUST_DIR: join(folder, 'trust'), TSA_URLS: servers.tsaUrl, TSA_ROOTS: join(folder, 'roots.pem') } });
}, 120_000);
afterAll(async () => {
  await desk.stop();
  await servers.close();
  await rm(folder, { recursive: true, force: true });
});

const send = (id: string) => desk.ask(desk.member, operations.SEND, { id, idempotencyKey: `send ${id}` });
/** Sent as soon as it is noticed that the authority is there again. */
const sentAgain = async () => {
  const { id } = await desk.draft();
  return until('the envelope to be sent', async () => (await send(id)).envelope);
};
const waiting = async (id: string) => {
  await until('the sealing to wait', () => desk.graph.tools.db.sealing.findFirst({ where: { envelopeId: id, state: 'WAITING' } }), 60_000);
  return desk.show(id);
};

describe('a timestamp authority that is away', { timeout: 120_000 }, () => {
  test('keeps no platform from starting, and every envelope from being sent, by name', async () => {
    const { id } = await desk.draft();
    expect(await send(id)).toMatchObject({ __typename: 'SealingUnavailableError', reason: 'TIMESTAMP_UNAVAILABLE', message: expect.stringContaining('nothing can be sent') });
    expect(await desk.show(id)).toMatchObject({ state: 'CREATED', sealing: null });
  });

  test('holds up what is signed meanwhile, which is finished at the same level when it is back', async () => {
    servers.behaviour.tsa = 'honest';
    const envelope = await sentAgain();
    await desk.graph.idle();
    servers.behaviour.tsa = 'server-error';
    await desk.allSign(envelope);
    const { sealing } = await waiting(envelope.id);
    expect(sealing!.reason).toMatch(/^No timestamp authority gives a timestamp that can be accepted right now\. Asked: 127\.0\.0\.1:\d+\.$/);
    expect(sealing).toMatchObject({ signaturesApplied: 0, levelReached: null });
    servers.behaviour.tsa = 'honest';
    await desk.graph.tools.transaction((tx) => enqueueSealing(tx, envelope.id));
    const done = await desk.completed(envelope.id);
    expect(done.sealing).toMatchObject({ state: 'SEALED', levelReached: 'B_LTA', timestampAuthority: expect.stringContaining('127.0.0.1') });
    const sealed = await desk.graph.tools.services.files.readAll(desk.member.organizationId, done.sealedDocument!.sha256);
    expect((await pdfsig(sealed, join(folder, 'trust', 'test-root.pem'))).match(/Signature is Valid\./g)).toHaveLength(2);
  });
});

describe('a timestamp authority that lies', { timeout: 120_000 }, () => {
  test.each(['wrong-imprint', 'wrong-nonce', 'bad-signature', 'foreign-certificate', 'wrong-time', 'garbage'] as const)('is not believed (%s): sealing waits, and nothing is sealed at a lower level', async (lie) => {
    servers.behaviour.tsa = 'honest';
    const envelope = await sentAgain();
    await desk.graph.idle();
    servers.behaviour.tsa = lie;
    await desk.allSign(envelope);
    expect(await waiting(envelope.id)).toMatchObject({ state: 'SIGNED', sealedDocument: null, sealing: { signaturesApplied: 0, levelReached: null } });
    servers.behaviour.tsa = 'honest';
    await desk.graph.tools.transaction((tx) => enqueueSealing(tx, envelope.id));
    expect((await desk.completed(envelope.id)).sealing).toMatchObject({ levelReached: 'B_LTA' });
  });
});

describe('a platform', () => {
  test('without keys does not start', async () => {
    await expect(startDesk({ env: { TRUST_DIR: '/dev/null/trust' } })).rejects.toThrow('keys or certificates');
  });

  test('with timestamp authorities and without their roots does not start, and says which setting is missing', async () => {
    await expect(startDesk({ env: { TSA_URLS: servers.tsaUrl } })).rejects.toThrow('TSA_ROOTS');
  });

  test('asks authorities once for many envelopes that are sent within a minute', async () => {
    let clock = Date.now();
    const now = () => new Date(clock);
    const trust = createTrust({ directory: join(folder, 'trust'), seal: null, now });
    const authorities = createAuthorities(trust, { tsaUrls: [], tsaRoots: undefined, now });
    let asked = 0;
    const counted = { ...authorities, timestamps: () => ((asked += 1), authorities.timestamps()) };
    const engine = createPadesEngine({ trust, authorities: counted, certificate: { verificationUrl: 'http://localhost/verify', testTrust: true }, sealLevel: 'B_LTA', now });
    const check = () => engine.check({ level: 'B_LTA', until: now() });
    await Promise.all([check(), check(), check()]);
    expect(asked).toBe(1);
    clock += 61_000;
    await check();
    expect(asked).toBe(2);
  });

  test('refuses by name a timestamp authority of which nobody can ever say whether it was revoked', async () => {
    const now = () => new Date();
    const strangers = await createTestTrust({ now: now() });
    const elsewhere = await startTestServers(strangers, { now });
    try {
      await writeFile(join(folder, 'strangers.pem'), rootPem(strangers));
      const trust = createTrust({ directory: join(folder, 'trust'), seal: null, now });
      const authorities = createAuthorities(trust, { tsaUrls: [elsewhere.tsaUrl], tsaRoots: join(folder, 'strangers.pem'), now });
      const engine = createPadesEngine({ trust, authorities, certificate: { verificationUrl: 'http://localhost/verify', testTrust: true }, sealLevel: 'B_LTA', now });
      await expect(engine.check({ level: 'B_LTA', until: now() })).rejects.toMatchObject({ obstacle: 'REVOCATION_UNAVAILABLE' });
      await engine.check({ level: 'B_T', until: now() });
    } finally {
      await elsewhere.close();
    }
  });

  test('refuses by name what its certificates do not outlast', async () => {
    const now = () => new Date();
    const trust = createTrust({ directory: join(folder, 'trust'), seal: null, now });
    const engine = createPadesEngine({ trust, authorities: createAuthorities(trust, { tsaUrls: [], tsaRoots: undefined, now }), certificate: { verificationUrl: 'http://localhost/verify', testTrust: true }, sealLevel: 'B_B', now });
    await expect(engine.check({ level: 'B_B', until: new Date(Date.now() + 11 * 366 * 24 * 60 * 60 * 1000) })).rejects.toMatchObject({ obstacle: 'CERTIFICATE_EXPIRES', message: expect.stringMatching(/ends on \d{4}-\d\d-\d\d, before the envelope does/) });
  });
});
