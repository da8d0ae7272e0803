import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSignedData } from '../src/cms/read.ts';
import { checkSigner, digestAlgorithmOf } from '../src/cms/read-signer.ts';
import { checkCrl } from '../src/revocation/crl.ts';
import { checkOcsp } from '../src/revocation/ocsp.ts';
import { readTimestampToken, verifyTimestampToken } from '../src/tsp/token.ts';
import { Certificate } from '../src/x509/certificate.ts';
import { findPath } from '../src/x509/path.ts';
import { CertificatePool } from '../src/x509/pool.ts';
import { Workshop, describeWith, run } from './support/tools.ts';
import { OpensslAuthority } from './support/openssl.ts';

/** The openssl program goes by the clock. */
const NOW = new Date();
const inAMinute = (): Date => new Date(Date.now() + 60_000);

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

const KEYS = [
  ['RSA-2048', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 'sha256', 'RSA-2048 SHA-256'],
  ['RSA-3072', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'], 'sha512', 'RSA-3072 SHA-512'],
  ['P-256', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'sha256', 'ECDSA P-256 SHA-256'],
  ['P-384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'], 'sha384', 'ECDSA P-384 SHA-384'],
  ['P-521', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'], 'sha512', 'ECDSA P-521 SHA-512'],
] as const;

describeWith(['openssl'], 'Evidence that openssl made', () => {
  let authority: OpensslAuthority;
  let root: Certificate;
  const content = Buffer.from('what is signed');
  beforeAll(() => {
    authority = new OpensslAuthority(workshop);
    root = Certificate.read(authority.root.der);
  });
  const sign = (signer: { key: string; pem: string }, ...options: string[]): Buffer => {
    const out = workshop.file('', 'der');
    const args = ['-in', workshop.file(content, 'bin'), '-signer', signer.pem, '-inkey', signer.key, '-outform', 'DER', '-out', out];
    const { code, output } = run('openssl', ['cms', '-sign', '-binary', ...args, ...options]);
    if (code !== 0) throw new Error(output);
    return workshop.read(out);
  };
  const check = (cms: Buffer, what = content) => {
    const read = readSignedData(cms);
    return { read, ...checkSigner(read, createHash(digestAlgorithmOf(read)).update(what).digest(), new CertificatePool()) };
  };

  it.each(KEYS)('is read and verified for %s', (_, key, digest, algorithm) => {
    const signer = authority.issue('signer', { key });
    const cms = sign(signer, '-cades', '-md', digest);
    const checked = check(cms);
    expect(checked).toMatchObject({ algorithm, binding: 'v2' });
    expect(checked.certificate.raw).toEqual(signer.der);
    expect(checked.read.length).toBe(cms.length);
    expect(() => check(cms, Buffer.from('other'))).toThrow(expect.objectContaining({ code: 'DIGEST_MISMATCH' }));
  });

  it('is read and verified for RSA-PSS, and not under its weak defaults', () => {
    const signer = authority.issue('signer', { key: KEYS[0][1] });
    expect(check(sign(signer, '-keyopt', 'rsa_padding_mode:pss', '-md', 'sha256')).algorithm).toBe('RSA-2048 PSS SHA-256');
    const weak = sign(signer, '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_mgf1_md:sha1', '-md', 'sha256');
    expect(() => check(weak)).toThrow(expect.objectContaining({ code: 'WEAK_ALGORITHM' }));
  });

  it('is read with an indefinite length, and its content found', () => {
    const streamed = sign(authority.issue('signer'), '-stream', '-nodetach');
    expect(streamed[1]).toBe(0x80);
    expect(check(streamed).read).toMatchObject({ content, length: streamed.length });
  });

  it('does not count under SHA-1 or with a short RSA key', () => {
    expect(() => check(sign(authority.issue('signer'), '-md', 'sha1'))).toThrow(expect.objectContaining({ code: 'WEAK_ALGORITHM' }));
    const short = authority.issue('signer', { key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'] });
    expect(() => check(sign(short))).toThrow(expect.objectContaining({ code: 'WEAK_ALGORITHM' }));
  });

  it('does not count with two signers, without signed attributes, or when a bit of the value changed', () => {
    const [one, two] = [authority.issue('one'), authority.issue('two')];
    expect(() => check(sign(one, '-signer', two.pem, '-inkey', two.key))).toThrow(expect.objectContaining({ code: 'SIGNERS_NOT_ONE' }));
    expect(() => check(sign(one, '-noattr'))).toThrow(expect.objectContaining({ code: 'SIGNED_ATTRIBUTES_MISSING' }));
    const forged = sign(one);
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    expect(() => check(forged)).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }));
    expect(() => check(sign(one, '-nocerts'))).toThrow(expect.objectContaining({ code: 'SIGNER_CERTIFICATE_MISSING' }));
  });

  it('is a time stamp over the digest it was asked for, trusted under its root only', () => {
    const digest = createHash('sha256').update(content).digest();
    const token = authority.timestamp(digest);
    const report = verifyTimestampToken(token, digest, { trust: [authority.root.der], now: NOW });
    expect(report).toMatchObject({ intact: true, trusted: true, findings: [], authority: 'tsa' });
    expect(report.path.at(-1)?.raw).toEqual(authority.root.der);
    expect(verifyTimestampToken(token, Buffer.alloc(32), { trust: [authority.root.der], now: NOW })).toMatchObject({
      intact: false,
      findings: [{ code: 'TIMESTAMP_IMPRINT_MISMATCH' }],
    });
    expect(verifyTimestampToken(token, digest, { trust: [], now: NOW })).toMatchObject({ intact: true, trusted: false, findings: [{ code: 'UNTRUSTED' }] });
    const early = new Date(readTimestampToken(token).genTime.getTime() - 3_600_000);
    expect(verifyTimestampToken(token, digest, { trust: [authority.root.der], now: early }).findings).toMatchObject([{ code: 'TIMESTAMP_IN_FUTURE' }]);
  });

  it('is no time stamp when its certificate is not for that', () => {
    const digest = createHash('sha256').update(content).digest();
    const TSA = 'extendedKeyUsage=critical,timeStamping';
    const usages = ['', 'extendedKeyUsage=timeStamping', `${TSA},emailProtection`, TSA].map((extensions) => authority.issue('tsa', { extensions }));
    const { content: information = Buffer.alloc(0) } = readTimestampToken(authority.timestamp(digest)).cms;
    const reports = usages.map((tsa) => verifyTimestampToken(authority.stampedBy(tsa, information), digest, { trust: [authority.root.der], now: NOW }));
    for (const report of reports.slice(0, 3)) expect(report).toMatchObject({ intact: false, findings: [{ code: 'KEY_USAGE_WRONG' }] });
    expect(reports[3]).toMatchObject({ intact: true, trusted: true, findings: [] });
  });

  it('tells by OCSP and by CRL who is revoked, and since when', () => {
    const [good, bad] = [authority.issue('good'), authority.issue('bad')];
    authority.revoke(bad);
    for (const [who, status] of [[good, 'GOOD'], [bad, 'REVOKED']] as const) {
      const question = { certificate: Certificate.read(who.der), issuer: root, now: inAMinute() };
      const other = { ...question, certificate: Certificate.read(authority.issue('other').der) };
      expect(checkCrl(authority.crl(), question)).toMatchObject({ status });
      expect(checkOcsp(authority.ocsp(who), question)).toMatchObject({ status });
      expect(checkOcsp(authority.ocsp(who, authority.issue('responder', { extensions: 'extendedKeyUsage=OCSPSigning' })), question)).toMatchObject({ status });
      expect(() => checkOcsp(authority.ocsp(who, authority.issue('stranger')), question)).toThrow(expect.objectContaining({ code: 'REVOCATION_NOT_AUTHORISED' }));
      expect(() => checkOcsp(authority.ocsp(who), other)).toThrow(expect.objectContaining({ code: 'REVOCATION_OTHER_CERTIFICATE' }));
    }
    const stranger = new OpensslAuthority(workshop);
    const question = { certificate: Certificate.read(good.der), issuer: root, now: inAMinute() };
    expect(() => checkCrl(stranger.crl(), question)).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }));
  });

  it('is trusted only by a path on which every certificate may do what it does', () => {
    const roots = new CertificatePool([authority.root.der]);
    const path = (leaf: { der: Buffer }, ...pool: { der: Buffer }[]) =>
      findPath({ leaf: Certificate.read(leaf.der), pool: new CertificatePool(pool.map(({ der }) => der)), roots, at: inAMinute(), purpose: 'document' });
    const CA = 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign';
    const ca = authority.issue('ca', { extensions: CA });
    const leaf = authority.issue('leaf', { issuer: ca });
    expect(path(leaf, leaf, ca, leaf)).toHaveLength(3);
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => path(leaf)).toThrow(refused('UNTRUSTED'));
    const below = authority.issue('below', { issuer: ca, extensions: CA });
    expect(() => path(authority.issue('deep', { issuer: below }), below, ca)).toThrow(refused('PATH_TOO_LONG'));
    const person = authority.issue('person', { extensions: 'basicConstraints=critical,CA:FALSE' });
    expect(() => path(authority.issue('forged', { issuer: person }), person)).toThrow(refused('ISSUER_NOT_CA'));
    const constrained = authority.issue('constrained', { extensions: `${CA}\nnameConstraints=critical,permitted;DNS:example.na` });
    expect(() => path(authority.issue('x', { issuer: constrained }), constrained)).toThrow(refused('NAME_CONSTRAINTS_UNSUPPORTED'));
    expect(() => path(authority.issue('odd', { extensions: '1.2.3.4=critical,ASN1:NULL' }))).toThrow(refused('CRITICAL_EXTENSION_UNKNOWN'));
    expect(() => path(authority.issue('server', { extensions: 'extendedKeyUsage=serverAuth' }))).toThrow(refused('KEY_USAGE_WRONG'));
    expect(() => path(authority.issue('agreement', { extensions: 'keyUsage=keyAgreement' }))).toThrow(refused('KEY_USAGE_WRONG'));
    expect(() => path(authority.issue('weak', { digest: 'sha1' }))).toThrow(refused('WEAK_ALGORITHM'));
    expect(() => path(authority.issue('old', { days: -1 }))).toThrow(refused('CERTIFICATE_EXPIRED'));
  });
});
