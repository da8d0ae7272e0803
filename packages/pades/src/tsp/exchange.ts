import { Fields, TAG, expectTag, numberOf } from '../der/fields.ts';
import { DerError, childrenOf, readDer } from '../der/read.ts';
import { booleanTrue, octetString, oid, sequence, smallInteger, unsignedInteger } from '../der/write.ts';

const SHA_256 = sequence(oid('2.16.840.1.101.3.4.2.1'));

/** A TimeStampReq (RFC 3161, 2.4.1) that asks for the authority's certificates too. */
export function timestampRequest(digest: Uint8Array, nonce: Uint8Array): Buffer {
  return sequence(smallInteger(1), sequence(SHA_256, octetString(digest)), unsignedInteger(nonce), booleanTrue());
}

export type TimestampAnswer =
  | { readonly token: Buffer }
  /** PKIStatus other than granted, and what the authority said about it. */
  | { readonly status: number; readonly text: string };

const GRANTED_WITH_MODIFICATIONS = 1;
const TEXT_CHARACTERS_MAX = 200;

/** Takes a TimeStampResp apart (RFC 3161, 2.4.2). @throws {DerError} */
export function readTimestampResponse(response: Buffer): TimestampAnswer {
  const outer = readDer(response);
  if (outer.bytes.length !== response.length) throw new DerError('There are bytes after the answer.');
  const fields = Fields.of(outer);
  const statusInfo = Fields.of(fields.next(TAG.sequence));
  const status = numberOf(statusInfo.any());
  if (status > GRANTED_WITH_MODIFICATIONS) {
    const texts = statusInfo.optional(TAG.sequence);
    const text = (texts ? childrenOf(texts) : []).map(({ content }) => content.toString('utf8')).join(' ');
    return { status, text: text.replace(/[^\P{C} ]/gu, '').slice(0, TEXT_CHARACTERS_MAX) };
  }
  const token = expectTag(fields.any(), TAG.sequence).bytes;
  fields.end();
  return { token };
}
