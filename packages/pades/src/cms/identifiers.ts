import { nullValue, oid, sequence } from '../der/write.ts';

/** Object identifiers and algorithm identifiers of the CMS we write, encoded once. */
export const ID_DATA = oid('1.2.840.113549.1.7.1');
export const ID_SIGNED_DATA = oid('1.2.840.113549.1.7.2');
export const ID_CONTENT_TYPE = oid('1.2.840.113549.1.9.3');
export const ID_MESSAGE_DIGEST = oid('1.2.840.113549.1.9.4');
/** id-aa-signingCertificateV2 (RFC 5035). */
export const ID_SIGNING_CERTIFICATE_V2 = oid('1.2.840.113549.1.9.16.2.47');

/** Without parameters, as RFC 5754, 2 wants SHA-256 to be written. */
export const SHA_256 = sequence(oid('2.16.840.1.101.3.4.2.1'));

/** rsaEncryption is the identifier every CMS implementation must know (RFC 3370, 3.2). */
export const RSA = sequence(oid('1.2.840.113549.1.1.1'), nullValue());
export const ECDSA_WITH_SHA_256 = sequence(oid('1.2.840.10045.4.3.2'));
