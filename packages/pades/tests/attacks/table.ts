import { testRevocationSource } from '../../src/test-trust/index.ts';
import { extendPdf, signPdf } from '../../src/index.ts';
import { classicPdf, hybridPdf, streamPdf } from '../support/fixtures.ts';
import { valid, type Attack } from './attack.ts';
import { CMS, IGNORED_ANSWERS, TIME, TRUST, REVOKED_LATER } from './evidence.ts';
import { AT, BODIES, attribute, cms, later, signByHand } from './stage.ts';
import { edit } from './tamper.ts';
import { CERTIFIED, INCREMENTAL, SHADOW, STRUCTURE } from './updates.ts';
import { BITS, FORGERY, WRAPPING } from './wrapping.ts';
import { tagged } from '../../src/der/write.ts';

export type { Attack } from './attack.ts';

export const ATTACKS: Readonly<Record<string, readonly Attack[]>> = {
  'Bits changed in place': BITS,
  'Incremental saving (ISA)': INCREMENTAL,
  'Structure and cross-reference': STRUCTURE,
  'Shadow attacks': SHADOW,
  'Certified and locked documents (EAA, SSA)': CERTIFIED,
  'Universal signature forgery (USF)': FORGERY,
  'Signature wrapping (SWA)': WRAPPING,
  'Inside the CMS': CMS,
  'Trust in the signer': TRUST,
  'Time and revocation': TIME,
};

export const INTRODUCTIONS: Readonly<Record<string, string>> = {
  'Incremental saving (ISA)': 'Mladenov et al., *1 Trillion Dollar Refund* (CCS 2019): a revision is appended that no signature covers. Most viewers still say “valid”. Here every later revision is compared object by object with what was signed, against a whitelist by role.',
  'Shadow attacks': 'Mainka et al., *Shadow Attacks* (NDSS 2021): the file is prepared before it is signed, so that a harmless-looking revision afterwards shows something else.',
  'Certified and locked documents (EAA, SSA)': 'Rohlmann et al., *Breaking the Specification: PDF Certification* (S&P 2021): what a certification permits, annotations and further signatures, is laid over the text.',
  'Universal signature forgery (USF)': 'CCS 2019: the signature dictionary is broken so that a viewer finds nothing to check.',
  'Signature wrapping (SWA)': 'CCS 2019: the covered bytes stay as they are, and other objects are put where `/ByteRange` does not look.',
  'Trust in the signer': 'Every path is built from the very certificate that the CMS names (signer identifier and signing-certificate-v2), never from another one of the pool.',
};

const byHand = async (s: Parameters<Attack['make']>[0], subFilter: string, ...more: Buffer[]) => {
  const one = await s.certify('Foreign');
  return signByHand(classicPdf(BODIES), { field: AT.signer1, subFilter, make: (digest) => cms({ ...one, chain: [s.trust.issuing], digest, named: more.length > 0 ? null : undefined, more } as Parameters<typeof cms>[0]) });
};

export const LEGITIMATE: readonly Attack[] = [
  valid('Seal, two signers, DSS, time stamp', 'certified P = 2, fields filled and locked, everything pre-made', 'B-LTA', async (s) => s.archived()),
  valid('The same before the evidence', 'signatures with time stamps only', 'B-T', async (s) => s.signed()),
  valid('DSS without a time stamp', 'evidence only', 'B-LT', async (s) => s.extend(await s.signed(), 'B-LT')),
  valid('Archive renewed', 'a second document time stamp over the first', 'B-LTA', async (s) => extendPdf(await s.archived(), { level: 'B-LTA', revocation: testRevocationSource(s.trust, later(100)), trust: [s.trust.root], timestamp: s.tsa(110), now: later(105) })),
  valid('Evidence on P = 1', 'DSS and document time stamp are permitted on a document certified for no changes', 'B-LTA', async (s) => s.extend(await s.sign(classicPdf(BODIES), { signer: s.seal, certify: 1, fieldName: 'platform_seal' }, 10))),
  valid('New invisible signature', 'a second signer without a pre-made field', 'B-T', async (s) => s.sign(await s.approved(), { signer: await s.signer('Two') }, 30)),
  valid('Empty field added', 'an invisible, empty signature field is added afterwards', 'B-T', async (s) => edit(await s.approved(), AT.form, /(\/Fields \[[^\]]*)\]/, '$1 90 0 R]', { 90: '<</FT /Sig /T (later) /Rect [0 0 0 0]>>' })),
  valid('Filled in on P = 2', 'an open field of a certified document is filled in', 'B-T', async (s) => edit(await s.certified(), AT.open, '/V ()', '/V (more)')),
  valid('Object streams', 'the same on a file with cross-reference streams', 'B-LTA', async (s) => s.extend(await s.sign(await s.sign(streamPdf(BODIES), { signer: s.seal, certify: 2, fieldName: 'platform_seal' }, 10), { signer: await s.signer('One'), fieldName: 'signer_1' }, 20))),
  valid('Hybrid file', 'the same on a file with both kinds of cross-reference', 'B-LTA', async (s) => s.extend(await s.sign(hybridPdf(BODIES), { signer: await s.signer('One'), fieldName: 'signer_1' }, 20))),
  valid('Long after', 'the certificates have expired; the time stamps prove that they had not', 'B-LTA', async (s) => ({ pdf: await s.archived(), now: new Date('2030-01-01T00:00:00Z') })),
  valid('Revoked after signing', 'an OCSP answer says that the signer was revoked after the proven time', 'B-T', REVOKED_LATER),
  valid('No time stamp', 'level B-B', 'B-B', async (s) => signPdf(classicPdf(BODIES), { signer: await s.signer('One'), signedAt: later(20), fieldName: 'signer_1' }), 'TIME_NOT_PROVEN'),
  valid('Foreign: adbe.pkcs7.detached', 'intact, but no baseline', null, async (s) => byHand(s, 'adbe.pkcs7.detached', attribute('1.2.840.113549.1.9.5', tagged(0x17, Buffer.from('260601100100Z')))), 'NOT_BASELINE'),
  valid('Foreign: signing-time attribute', 'ETSI.CAdES.detached with the attribute that the baseline forbids', null, async (s) => byHand(s, 'ETSI.CAdES.detached', attribute('1.2.840.113549.1.9.5', tagged(0x17, Buffer.from('260601100100Z')))), 'NOT_BASELINE'),
  valid('Answer about another certificate', 'the DSS holds an OCSP answer for another serial number: it does not count', 'B-T', IGNORED_ANSWERS.ofAnother, 'REVOCATION_UNKNOWN'),
  valid('Answer by a stranger', 'the OCSP answer is signed by someone whom the issuer did not authorise: it does not count', 'B-T', IGNORED_ANSWERS.byStranger, 'REVOCATION_NOT_AUTHORISED'),
  valid('Answer by the responder of another CA', 'with the names of the right one: it does not count', 'B-T', IGNORED_ANSWERS.byOtherResponder, 'REVOCATION_NOT_AUTHORISED'),
  valid('Answer too old', 'the OCSP answer ran out before the signature: it does not count', 'B-T', IGNORED_ANSWERS.old, 'REVOCATION_OUTDATED'),
];
