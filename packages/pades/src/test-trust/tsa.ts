import { createHash, randomBytes } from 'node:crypto';
import { encodeSignedData, signedAttributes } from '../cms/encode.ts';
import { ID_TST_INFO } from '../cms/identifiers.ts';
import { prepareSigner, type PreparedSigner } from '../cms/prepared-signer.ts';
import { keySigner } from '../cms/signer.ts';
import { context, generalizedTime, octetString, oid, sequence, smallInteger, unsignedInteger } from '../der/write.ts';
import type { TimestampAuthority } from '../tsp/authority.ts';
import { tell, type Now } from './clock-option.ts';
import type { CertifiedKey, TestTrust } from './test-trust.ts';

/** Of the arc that stands in for examples: a policy that promises nothing. */
const TEST_POLICY = '2.999.3161';
const SHA_256 = sequence(oid('2.16.840.1.101.3.4.2.1'));

const prepared = new WeakMap<CertifiedKey, PreparedSigner>();

/** The time-stamp authority of the test trust, in process. Its time is the clock of this machine and proves nothing to others. */
export function testTimestampAuthority(trust: TestTrust, now: Now): TimestampAuthority {
  const name = 'BuffrSign TEST Timestamp Authority';
  return {
    name,
    timestamp: async (digest) => {
      const genTime = new Date(Math.floor(tell(now).getTime() / 1000) * 1000);
      return { token: timestampToken(trust, { imprint: digest, genTime }), genTime, authority: name };
    },
  };
}

export interface TokenFacts {
  /** SHA-256. */
  readonly imprint: Uint8Array;
  readonly genTime: Date;
  /** Big-endian bytes of a non-negative number. */
  readonly nonce?: Uint8Array | undefined;
  /** Whose certificate signs; by default the authority's. */
  readonly by?: CertifiedKey;
  /** Bytes of a long extension, for tests of the room that is kept for tokens. */
  readonly padding?: number;
}

/** A TimeStampToken (RFC 3161, 2.4.2). */
export function timestampToken(trust: TestTrust, { imprint, genTime, nonce, by = trust.tsa, padding }: TokenFacts): Buffer {
  const info = sequence(
    smallInteger(1),
    oid(TEST_POLICY),
    sequence(SHA_256, octetString(imprint)),
    unsignedInteger(randomBytes(16)),
    generalizedTime(genTime),
    ...(nonce ? [unsignedInteger(nonce)] : []),
    ...(padding ? [context(1, sequence(oid('2.999.1'), octetString(Buffer.alloc(padding))))] : []),
  );
  const signer = preparedFor(trust, by);
  const attributes = signedAttributes(signer, ID_TST_INFO, createHash('sha256').update(info).digest());
  const signature = signer.algorithm.sign(by.key, attributes);
  return encodeSignedData(signer, { attributes, signature, content: { type: ID_TST_INFO, bytes: info } });
}

function preparedFor({ issuing }: TestTrust, by: CertifiedKey): PreparedSigner {
  const known = prepared.get(by);
  if (known) return known;
  const signer = prepareSigner(keySigner({ certificate: by.certificate, chain: [issuing], privateKey: by.key }));
  prepared.set(by, signer);
  return signer;
}
