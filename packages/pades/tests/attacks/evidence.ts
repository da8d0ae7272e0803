import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { childrenOf, readDer } from '../../src/der/read.ts';
import { nullValue, octetString, oid, sequence, tagged } from '../../src/der/write.ts';
import { readSignedData } from '../../src/cms/read.ts';
import { signPdf } from '../../src/index.ts';
import { createTestTrust, issueCertificateForKey, sealSigner } from '../../src/test-trust/index.ts';
import { timestampToken } from '../../src/test-trust/tsa.ts';
import { caExtensions, signingExtensions, timestampingExtensions } from '../../src/test-trust/certificates.ts';
import { certificateId, ocspResponse } from '../../src/test-trust/revocation.ts';
import { classicPdf } from '../support/fixtures.ts';
import { invalid, type Attack, type Attempt } from './attack.ts';
import { AT, BODIES, START, attribute, cms, later, resign, type CmsFacts, type Stage } from './stage.ts';
import { contentsOf, edit, stream, withContents } from './tamper.ts';

const FIELD = 'signer_1';

/** A document signed with a CMS made by hand; by default a sound one. */
async function withCms(s: Stage, change: (facts: Pick<CmsFacts, 'digest' | 'certificate'>) => Partial<CmsFacts> | Promise<Partial<CmsFacts>> = () => ({})): Promise<Uint8Array> {
  const pdf = await s.roomy();
  const { certificate, key } = await s.once('by hand', () => s.certify('By hand'));
  const facts: CmsFacts[] = [];
  resign(pdf, FIELD, (digest) => {
    facts.push({ certificate, key, chain: [s.trust.issuing], digest });
    return Buffer.alloc(0);
  });
  const [base] = facts;
  if (!base) throw new Error('Nothing was covered.');
  return withContents(pdf, FIELD, cms({ ...base, ...(await change(base)) }));
}

const SHA_1 = sequence(oid('1.3.14.3.2.26'), nullValue());

/** What is wrong inside /Contents. */
export const CMS: readonly Attack[] = [
  invalid('Bytes after the CMS', 'the padding of /Contents is not zero', 'MALFORMED_CMS', async (s) => {
    const pdf = await s.roomy();
    return withContents(pdf, FIELD, Buffer.concat([await plain(s), Buffer.from([0, 1])]));
  }),
  invalid('Content of its own', 'the CMS carries other content and signs that', 'CONTENT_NOT_DETACHED', (s) => withCms(s, () => {
    const content = Buffer.from('something else');
    return { content, digest: createHash('sha256').update(content).digest() };
  })),
  invalid('Content and digest of the document', 'the CMS carries content beside the right digest', 'CONTENT_NOT_DETACHED', (s) => withCms(s, () => ({ content: Buffer.from('x') }))),
  invalid('Two signers', 'the CMS has two SignerInfos', 'SIGNERS_NOT_ONE', (s) => withCms(s, () => ({ signers: 2 }))),
  invalid('Attribute twice', 'message-digest occurs twice, once with the right value', 'ATTRIBUTE_DUPLICATE', (s) => withCms(s, ({ digest }) => ({ digest: Buffer.alloc(32), more: [attribute('1.2.840.113549.1.9.4', octetString(digest))] }))),
  invalid('Two values in one attribute', 'message-digest has two values, one of them right', 'ATTRIBUTE_DUPLICATE', (s) => withCms(s, () => ({ secondDigest: Buffer.alloc(32) }))),
  invalid('Other content type', 'the signed content type is not that of the content', 'CONTENT_TYPE_WRONG', (s) => withCms(s, () => ({ contentType: '1.2.840.113549.1.7.5' }))),
  invalid('Digest of something else', 'message-digest is that of another document', 'DIGEST_MISMATCH', (s) => withCms(s, () => ({ digest: Buffer.alloc(32, 7) }))),
  invalid('Wrong certificate hash', 'signing-certificate-v2 holds the hash of another certificate', 'SIGNER_CERTIFICATE_MISMATCH', (s) => withCms(s, () => ({ named: s.trust.issuing }))),
  invalid('Certificate exchanged', 'a certificate of the same name, number and key takes the place of the signer’s', 'SIGNER_CERTIFICATE_MISMATCH', (s) => withCms(s, ({ certificate }) => {
    const forged = Buffer.from(certificate);
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    return { certificate: forged, named: certificate };
  })),
  invalid('Wrong key', 'the certificate in the CMS belongs to another key', 'SIGNATURE_INVALID', (s) => withCms(s, () => ({ key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }))),
  invalid('SHA-1', 'the digest is SHA-1', 'WEAK_ALGORITHM', async (s) => {
    const pdf = await s.roomy();
    const signer = await s.once('by hand', () => s.certify('By hand'));
    return resign(pdf, FIELD, (digest) => cms({ ...signer, chain: [s.trust.issuing], digest, digestAlgorithm: SHA_1, hash: 'sha1', signatureAlgorithm: sequence(oid('1.2.840.10045.4.1')) }), 'sha1');
  }),
  invalid('Algorithms that disagree', 'digest SHA-256, signature over SHA-384', 'ALGORITHMS_DISAGREE', (s) => withCms(s, () => ({ hash: 'sha384', signatureAlgorithm: sequence(oid('1.2.840.10045.4.3.3')) }))),
  invalid('Short RSA key', 'the signer’s RSA key has 1024 bits', 'WEAK_ALGORITHM', async (s) => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const { certificate } = await issueCertificateForKey(s.trust, { name: 'Short', now: START, publicKey: keys.publicKey });
    return withCms(s, () => ({ certificate, key: keys.privateKey, named: certificate, signatureAlgorithm: sequence(oid('1.2.840.113549.1.1.11'), nullValue()) }));
  }),
  invalid('No CMS at all', '/Contents holds random bytes', 'MALFORMED_CMS', async (s) => withContents(await s.roomy(), FIELD, Buffer.alloc(64, 0x42))),
  invalid('Only padding', '/Contents holds zeros', 'MALFORMED_CMS', async (s) => withContents(await s.roomy(), FIELD, Buffer.alloc(64))),
  invalid('Time stamp as a signature', '/Contents holds a time-stamp token', 'CONTENT_NOT_DETACHED', async (s) => resign(await s.roomy(), FIELD, (digest) => s.token(digest, 20))),
];

async function plain(s: Stage): Promise<Buffer> {
  const contents = contentsOf(await withCms(s), FIELD);
  return readDer(contents).bytes;
}

/** Whose certificate it is, and whether it leads to a root that is trusted. */
export const TRUST: readonly Attack[] = [
  invalid('No roots given', 'nothing is trusted', 'UNTRUSTED', async (s) => ({ pdf: await s.archived(), trust: [] })),
  invalid('Root of the same name', 'a false root with the name of the trusted one', 'UNTRUSTED', async (s) => {
    const other = await createTestTrust({ now: START });
    return s.sign(classicPdf(BODIES), { signer: sealSigner(other), fieldName: FIELD }, 20);
  }),
  invalid('Chain missing', 'the CMS holds the signer’s certificate only', 'UNTRUSTED', async (s) => withCms(s, () => ({ chain: [] }))),
  invalid('Self-signed', 'the signer’s certificate is signed by itself', 'UNTRUSTED', async (s) => {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const own = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=Self', notBefore: START, notAfter: later(1e6), keys: { privateKey: keys.privateKey.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']), publicKey: keys.publicKey.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']) }, signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' } });
    const certificate = Buffer.from(own.rawData);
    return withCms(s, () => ({ certificate, key: keys.privateKey, named: certificate, chain: [] }));
  }),
  invalid('Leaf out of the pool', 'an untrusted signer brings a trusted chain along, his own certificate in it twice (a trap of pkijs)', 'UNTRUSTED', async (s) => {
    const other = await createTestTrust({ now: START });
    const evil = { certificate: other.seal, key: other.sealKey };
    return withCms(s, () => ({ certificate: evil.certificate, key: evil.key, named: evil.certificate, chain: [evil.certificate, s.trust.issuing, evil.certificate, s.trust.root] }));
  }),
  invalid('Expired', 'the certificate had expired before the file was checked, and no time stamp proves an earlier moment', 'CERTIFICATE_EXPIRED', async (s) => ({ pdf: await signPdf(classicPdf(BODIES), { signer: await s.signer('One'), signedAt: later(20), fieldName: FIELD }), now: new Date(START.getTime() + 40 * 86_400_000) })),
  invalid('Not yet valid', 'the certificate begins after the proven time', 'CERTIFICATE_NOT_YET_VALID', async (s) => {
    const issuing = { certificate: s.trust.issuing, key: s.trust.issuingKey };
    const future = await s.issuedBy(issuing, 'Future', signingExtensions(), new Date(START.getTime() + 3 * 86_400_000));
    return withCms(s, () => ({ certificate: future.certificate, key: future.key, named: future.certificate }));
  }),
  invalid('Issued by a person', 'a signer’s certificate (CA: false) issues another', 'ISSUER_NOT_CA', async (s) => {
    const person = await s.certify('Person');
    return issuedUnder(s, person, [person.certificate, s.trust.issuing]);
  }),
  invalid('Issuer without the key usage', 'the issuer’s key must not sign certificates', 'KEY_USAGE_WRONG', async (s) => {
    const extensions = [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true)];
    const person = await s.certify('No CA key', extensions);
    return issuedUnder(s, person, [person.certificate, s.trust.issuing]);
  }),
  invalid('Path too long', 'a CA below a CA that permits none below it', 'PATH_TOO_LONG', async (s) => {
    const below = await s.certify('CA below', await caExtensions(0));
    return issuedUnder(s, below, [below.certificate, s.trust.issuing]);
  }),
  invalid('Certificate for servers', 'the signer’s certificate is for TLS only', 'KEY_USAGE_WRONG', async (s) => usage(s, new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]))),
  invalid('Certificate for time stamps', 'the signer’s certificate is for time stamps only', 'KEY_USAGE_WRONG', async (s) => usage(s, ...timestampingExtensions().slice(2))),
  invalid('Unknown critical extension', 'the signer’s certificate has one', 'CRITICAL_EXTENSION_UNKNOWN', async (s) => usage(s, new x509.Extension('1.2.3.4', true, Buffer.from([5, 0])))),
  invalid('Name constraints', 'an issuer has name constraints, which are not evaluated', 'NAME_CONSTRAINTS_UNSUPPORTED', async (s) => {
    const constraints = new x509.Extension('2.5.29.30', true, sequence(tagged(0xa0, sequence(tagged(0x82, Buffer.from('example.na'))))));
    const { root, key } = await ownRoot();
    const constrained = await s.issuedBy({ certificate: root, key }, 'Constrained CA', [...(await caExtensions(0)), constraints]);
    return { ...(await issuedUnder(s, constrained, [constrained.certificate])), trust: [root] };
  }),
];

async function usage(s: Stage, ...extensions: x509.Extension[]): Promise<Uint8Array> {
  const { certificate, key } = await s.certify('Usage', extensions);
  return withCms(s, () => ({ certificate, key, named: certificate }));
}

async function issuedUnder(s: Stage, issuer: { certificate: Uint8Array; key: KeyObject }, chain: readonly Uint8Array[]): Promise<Attempt> {
  const { certificate, key } = await s.issuedBy(issuer, 'Leaf');
  return { pdf: await withCms(s, () => ({ certificate, key, named: certificate, chain })) };
}

async function ownRoot() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const root = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=Own root', notBefore: START, notAfter: later(1e7), keys: { privateKey: privateKey.toCryptoKey(algorithm, true, ['sign']), publicKey: publicKey.toCryptoKey(algorithm, true, ['verify']) }, signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' }, extensions: await caExtensions(3) });
  return { root: Buffer.from(root.rawData), key: privateKey };
}

/** A signature with a time stamp that was made by hand. */
async function stamped(s: Stage, token: (signature: Buffer) => Buffer | Promise<Buffer>): Promise<Uint8Array> {
  const signature = readSignedData(contentsOf(await s.once('sound', () => withCms(s)), FIELD)).signer.signature;
  const made = await token(createHash('sha256').update(signature).digest());
  const whole = contentsOf(await s.once('sound', () => withCms(s)), FIELD);
  return withContents(await s.roomy(), FIELD, withUnsigned(readDer(whole).bytes, attribute('1.2.840.113549.1.9.16.2.14', made)));
}

/** Appends an unsigned attribute to the only signer of a CMS. */
function withUnsigned(der: Buffer, unsigned: Buffer): Buffer {
  const [type, explicit] = childrenOf(readDer(der));
  const parts = explicit ? childrenOf(childrenOf(explicit)[0] ?? explicit) : [];
  const info = childrenOf(childrenOf(parts.at(-1) ?? readDer(der))[0] ?? readDer(der));
  const infos = tagged(0x31, sequence(...info.map(({ bytes }) => bytes), tagged(0xa1, unsigned)));
  return sequence(type?.bytes ?? Buffer.alloc(0), tagged(0xa0, sequence(...parts.slice(0, -1).map(({ bytes }) => bytes), infos)));
}

const answer = async (s: Stage, pdf: Uint8Array, ...ocsps: readonly Buffer[]): Promise<Uint8Array> => {
  const objects = Object.fromEntries(ocsps.map((der, i) => [92 + i, stream(der.toString('latin1'))]));
  return edit(pdf, AT.catalog, '<<', `<</DSS <</OCSPs [${ocsps.map((_, i) => `${92 + i} 0 R`).join(' ')}]>> `, objects);
};

/** Time stamps and answers about revocation. */
export const TIME: readonly Attack[] = [
  invalid('Time stamp replayed', 'the time stamp of another signature', 'TIMESTAMP_IMPRINT_MISMATCH', (s) => stamped(s, () => s.token(Buffer.alloc(32, 9), 20))),
  invalid('Time stamp by a signer', 'the certificate that stamped is not for time stamps', 'KEY_USAGE_WRONG', (s) => stamped(s, async (digest) => s.token(digest, 20, await s.certify('No TSA')))),
  invalid('Time stamp changed', 'the time in the token is set back', 'DIGEST_MISMATCH', (s) => stamped(s, (digest) => {
    const token = s.token(digest, 20);
    token.write('2025', token.indexOf('20260601'), 'latin1');
    return token;
  })),
  invalid('Time stamp from the future', 'the token is dated after the moment of checking', 'TIMESTAMP_IN_FUTURE', (s) => stamped(s, (digest) => s.token(digest, 90_000))),
  invalid('Document time stamp replayed', 'the document time stamp of another file', 'TIMESTAMP_IMPRINT_MISMATCH', async (s) => withContents(await s.archived(), 'timestamp_1', s.token(Buffer.alloc(32, 9), 45))),
  invalid('Document time stamp by a stranger', 'the authority leads to no trusted root', 'UNTRUSTED', async (s) => {
    const other = await createTestTrust({ now: START });
    return resign(await s.archived(), 'timestamp_1', (digest) => timestampToken(other, { imprint: digest, genTime: later(45) }));
  }),
  invalid('Revoked before signing', 'an OCSP answer says that the signer was revoked before', 'CERTIFICATE_REVOKED', async (s) => {
    const { certificate } = await s.signer('One');
    return answer(s, await s.approved(), ocspResponse(s.trust.ocsp, certificateId(certificate, s.trust.issuing), later(60), new Map([[serialOf(certificate), later(1)]])));
  }),
  invalid('Revoked, and no proven time', 'the signer was revoked later, but nothing proves when was signed', 'CERTIFICATE_REVOKED', async (s) => {
    const { certificate } = await s.signer('One');
    const pdf = await signPdf(classicPdf(BODIES), { signer: await s.signer('One'), signedAt: later(20), fieldName: FIELD });
    return answer(s, pdf, ocspResponse(s.trust.ocsp, certificateId(certificate, s.trust.issuing), later(60), new Map([[serialOf(certificate), later(50)]])));
  }),
  invalid('Good and revoked', 'a good answer is laid beside the one that tells of the revocation', 'CERTIFICATE_REVOKED', async (s) => {
    const { certificate } = await s.signer('One');
    const id = certificateId(certificate, s.trust.issuing);
    return answer(s, await s.approved(), ocspResponse(s.trust.ocsp, id, later(60), new Map()), ocspResponse(s.trust.ocsp, id, later(70), new Map([[serialOf(certificate), later(1)]])));
  }),
];

const serialOf = (certificate: Uint8Array): string => new x509.X509Certificate(Buffer.from(certificate)).serialNumber.toUpperCase();

/** The time stamp is from second 21. */
export const REVOKED_LATER = async (s: Stage): Promise<Uint8Array> => {
  const { certificate } = await s.signer('One');
  return answer(s, await s.approved(), ocspResponse(s.trust.ocsp, certificateId(certificate, s.trust.issuing), later(60), new Map([[serialOf(certificate), later(35)]])));
};

/** Answers that do not count: the file stays valid, but says that nobody knows about revocation. */
export const IGNORED_ANSWERS = {
  ofAnother: async (s: Stage) => answer(s, await s.approved(), ocspResponse(s.trust.ocsp, certificateId((await s.signer('Two')).certificate, s.trust.issuing), later(60), new Map())),
  byStranger: async (s: Stage) => {
    const stranger = await s.certify('Stranger');
    return answer(s, await s.approved(), ocspResponse(stranger, certificateId((await s.signer('One')).certificate, s.trust.issuing), later(60), new Map()));
  },
  byOtherResponder: async (s: Stage) => {
    const other = await createTestTrust({ now: START });
    return answer(s, await s.approved(), ocspResponse(other.ocsp, certificateId((await s.signer('One')).certificate, s.trust.issuing), later(60), new Map()));
  },
  old: async (s: Stage): Promise<Attempt> => {
    const days = 86_400;
    const pdf = await s.sign(classicPdf(BODIES), { signer: await s.signer('One'), fieldName: FIELD }, 10 * days);
    const ocsp = ocspResponse(s.trust.ocsp, certificateId((await s.signer('One')).certificate, s.trust.issuing), START, new Map());
    return { pdf: await answer(s, pdf, ocsp), now: later(11 * days) };
  },
};

export { withCms };
