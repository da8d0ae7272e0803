import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RevocationUnavailable, createRevocationClient, type Signer } from '../src/index.ts';
import { issueSignerCertificate, startTestServers, testCrl, testRevocationSource, type RevocationBehaviour, type TestServers } from '../src/test-trust/index.ts';
import { checkCrl } from '../src/revocation/crl.ts';
import { checkOcsp } from '../src/revocation/ocsp.ts';
import { Certificate } from '../src/x509/certificate.ts';
import { Workshop, describeWith, run } from './support/tools.ts';
import { NOW, freshSeal } from './support/trust.ts';

const workshop = new Workshop();
const revoked = new Map<string, Date>();
/** The answers are made a second after the signature. */
const ASKED = new Date(NOW.getTime() + 1000);

let seal: Awaited<ReturnType<typeof freshSeal>>;
let servers: TestServers;
let signer: Signer;
beforeAll(async () => {
  const foreign = await freshSeal();
  seal = await freshSeal();
  servers = await startTestServers(seal.trust, { now: () => ASKED, foreign: foreign.trust, revoked });
  signer = await issueSignerCertificate(seal.trust, { name: 'Anna', now: NOW, urls: { ocsp: servers.ocspUrl, crl: servers.crlUrl } });
});
afterAll(async () => {
  await servers.close();
  workshop[Symbol.dispose]();
});
beforeEach(() => {
  Object.assign(servers.behaviour, { ocsp: 'honest', crl: 'honest' });
  revoked.clear();
});

const client = () => createRevocationClient({ timeoutMs: 300, now: () => ASKED });
const fetch = (certificate = signer.certificate) => client().fetch(certificate, seal.trust.issuing, NOW);
const question = () => ({ certificate: Certificate.read(signer.certificate), issuer: Certificate.read(seal.trust.issuing), now: ASKED });
const serial = () => new X509Certificate(signer.certificate).serialNumber;

describe('The revocation client', () => {
  it('asks the responder that the certificate names, and brings along what is needed to check its answer', async () => {
    const { ocsp = new Uint8Array(), crl, certificates } = await fetch();
    expect(checkOcsp(ocsp, question())).toMatchObject({ status: 'GOOD' });
    expect([crl, certificates]).toEqual([undefined, [Buffer.from(seal.trust.ocsp.certificate)]]);
  });

  it.each<RevocationBehaviour>(['stale', 'garbage', 'hanging', 'endless', 'server-error', 'foreign-certificate', 'other-certificate'])(
    'takes the list when the responder is %s', async (behaviour) => {
      servers.behaviour.ocsp = behaviour;
      const { ocsp, crl = new Uint8Array() } = await fetch();
      expect(ocsp).toBeUndefined();
      expect(checkCrl(crl, question())).toMatchObject({ status: 'GOOD' });
    },
  );

  it.each<RevocationBehaviour>(['stale', 'garbage', 'hanging', 'endless', 'server-error', 'foreign-certificate'])(
    'tells what each said when the responder is down and the list is %s', async (behaviour) => {
      Object.assign(servers.behaviour, { ocsp: 'server-error', crl: behaviour });
      const error = await fetch().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(RevocationUnavailable);
      expect((error as RevocationUnavailable).reasons).toEqual([`${servers.ocspUrl}: HTTP status 503`, expect.stringContaining(servers.crlUrl)]);
    },
  );

  it('hands out the answer that a certificate is revoked, for the caller to read', async () => {
    revoked.set(serial(), NOW);
    expect(checkOcsp((await fetch()).ocsp ?? new Uint8Array(), question()).status).toBe('REVOKED');
    servers.behaviour.ocsp = 'garbage';
    expect(checkCrl((await fetch()).crl ?? new Uint8Array(), question()).status).toBe('REVOKED');
  });

  it('tells a certificate that names no place from one whose place is silent', async () => {
    await expect(fetch(seal.trust.seal)).rejects.toMatchObject({ name: 'RevocationUnavailable', published: false });
    Object.assign(servers.behaviour, { ocsp: 'garbage', crl: 'garbage' });
    await expect(fetch()).rejects.toMatchObject({ name: 'RevocationUnavailable', published: true });
  });
});

describe('The revocation source of the test trust', () => {
  it('answers for signers and for the issuing authority, by responder or by list', async () => {
    const byOcsp = testRevocationSource(seal.trust, ASKED);
    expect(checkOcsp((await byOcsp.fetch(signer.certificate, seal.trust.issuing, NOW)).ocsp ?? new Uint8Array(), question()).status).toBe('GOOD');
    const authority = { certificate: Certificate.read(seal.trust.issuing), issuer: Certificate.read(seal.trust.root), now: ASKED };
    expect(checkOcsp((await byOcsp.fetch(seal.trust.issuing, seal.trust.root, NOW)).ocsp ?? new Uint8Array(), authority).status).toBe('GOOD');
    const byList = testRevocationSource(seal.trust, ASKED, { kind: 'crl', revoked: new Map([[serial(), NOW]]) });
    expect(checkCrl((await byList.fetch(signer.certificate, seal.trust.issuing, NOW)).crl ?? new Uint8Array(), question()).status).toBe('REVOKED');
  });

  it('does not answer for a time that is still to come, nor for strangers', async () => {
    const source = testRevocationSource(seal.trust, NOW);
    await expect(source.fetch(signer.certificate, seal.trust.issuing, ASKED)).rejects.toBeInstanceOf(RevocationUnavailable);
    await expect(source.fetch(signer.certificate, signer.certificate, NOW)).rejects.toMatchObject({ published: false });
  });

  describeWith(['openssl'], 'for openssl', () => {
    it('gives answers and lists that openssl verifies', async () => {
      const pem = (der: Uint8Array): string => workshop.file(new X509Certificate(der).toString(), 'pem');
      const [root, issuing, leaf] = [pem(seal.trust.root), pem(seal.trust.issuing), pem(signer.certificate)];
      const { ocsp = new Uint8Array() } = await testRevocationSource(seal.trust, ASKED).fetch(signer.certificate, seal.trust.issuing, NOW);
      const answer = run('openssl', ['ocsp', '-respin', workshop.file(ocsp, 'der'), '-issuer', issuing, '-cert', leaf, '-CAfile', root, '-no_nonce']);
      expect(answer.output).toContain('Response verify OK');
      expect(answer.output).toMatch(/: good/);
      const list = workshop.file(testCrl(seal.trust, NOW, new Map([[serial(), NOW]])), 'crl');
      expect(run('openssl', ['crl', '-inform', 'DER', '-in', list, '-CAfile', issuing, '-noout']).output).toContain('verify OK');
      const checked = run('openssl', ['verify', '-crl_check', '-CRLfile', pemList(list), '-CAfile', root, '-untrusted', issuing, leaf]);
      expect(checked.output).toContain('certificate revoked');
    });
  });
});

function pemList(der: string): string {
  const path = workshop.file('', 'pem');
  run('openssl', ['crl', '-inform', 'DER', '-in', der, '-out', path]);
  return path;
}
