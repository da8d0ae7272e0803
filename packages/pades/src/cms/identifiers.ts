import { oid } from '../der/write.ts';

/** Object identifiers of the CMS we write, encoded once. */
export const ID_DATA = oid('1.2.840.113549.1.7.1');
export const ID_SIGNED_DATA = oid('1.2.840.113549.1.7.2');
export const ID_CONTENT_TYPE = oid('1.2.840.113549.1.9.3');
export const ID_MESSAGE_DIGEST = oid('1.2.840.113549.1.9.4');
/** id-aa-signingCertificateV2 (RFC 5035). */
export const ID_SIGNING_CERTIFICATE_V2 = oid('1.2.840.113549.1.9.16.2.47');
/** id-aa-timeStampToken (RFC 3161, Appendix A). */
export const ID_TIMESTAMP_TOKEN = oid('1.2.840.113549.1.9.16.2.14');
/** id-ct-TSTInfo: what a time-stamp token is about. */
export const ID_TST_INFO = oid('1.2.840.113549.1.9.16.1.4');
