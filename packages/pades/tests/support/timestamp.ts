import { readSignedData } from '../../src/cms/read.ts';
import { ATTRIBUTE, singleValue } from '../../src/cms/read-signer.ts';

/** The time-stamp token of a CMS signature, and the value that it is about. */
export function signatureTimestampOf(cms: Buffer): { token: Buffer | undefined; value: Buffer } {
  const { signer } = readSignedData(cms);
  return { token: singleValue(signer.unsignedAttributes, ATTRIBUTE.signatureTimestamp)?.bytes, value: signer.signature };
}
