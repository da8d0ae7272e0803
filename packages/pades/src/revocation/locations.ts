import { Fields, oidOf } from '../der/fields.ts';
import { DerError, childrenOf, readDer } from '../der/read.ts';
import { EXTENSION, type Certificate } from '../x509/certificate.ts';

const OCSP = '1.3.6.1.5.5.7.48.1';
/** uniformResourceIdentifier of a GeneralName. */
const URI = 0x86;
/** Of each kind; more would only delay the refusal. */
const LOCATIONS_MAX = 3;

/** Where a certificate says that its OCSP responder is (RFC 5280, 4.2.2.1). */
export function ocspLocations(certificate: Certificate): string[] {
  return locations(certificate, EXTENSION.authorityInformationAccess, (value) =>
    childrenOf(readDer(value)).flatMap((description) => {
      const fields = Fields.of(description);
      return oidOf(fields.any()) === OCSP ? [fields.any()] : [];
    }),
  );
}

/** Where a certificate says that its issuer's revocation list is (RFC 5280, 4.2.1.13). */
export function crlLocations(certificate: Certificate): string[] {
  return locations(certificate, EXTENSION.crlDistributionPoints, (value) =>
    childrenOf(readDer(value)).flatMap((point) => {
      const name = Fields.of(point).optional(0xa0);
      const fullName = name && childrenOf(name).find(({ tag }) => tag === 0xa0);
      return fullName ? childrenOf(fullName) : [];
    }),
  );
}

function locations(certificate: Certificate, oid: string, read: (value: Buffer) => ReturnType<typeof childrenOf>): string[] {
  const extension = certificate.extensions.get(oid);
  if (!extension) return [];
  try {
    const names = read(extension.value).filter(({ tag }) => tag === URI);
    return names.map(({ content }) => content.toString('latin1')).filter((url) => /^https?:\/\//i.test(url)).slice(0, LOCATIONS_MAX);
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
