import { DerError, readDer, type DerElement } from './read.ts';

/** Levels of indefinite lengths and of chopped octet strings inside one another. */
const DEPTH_MAX = 16;

/**
 * Reads one element of BER at the start of `bytes`. Unlike DER it may have an indefinite length (some signers stream
 * their CMS); `content` then ends before the end-of-contents octets.
 */
export function readBer(bytes: Buffer, depth = 0): DerElement {
  const tag = bytes[0];
  if (bytes[1] !== 0x80) return readDer(bytes);
  if (tag === undefined || (tag & 0x1f) === 0x1f || (tag & 0x20) === 0) throw new DerError('An indefinite length needs a constructed element.');
  if (depth >= DEPTH_MAX) throw new DerError('The elements are nested too deeply.');
  let at = 2;
  while (!(bytes[at] === 0 && bytes[at + 1] === 0)) at += readBer(bytes.subarray(at), depth + 1).bytes.length;
  return { tag, bytes: bytes.subarray(0, at + 2), content: bytes.subarray(2, at) };
}

export function berChildrenOf({ content }: DerElement): DerElement[] {
  const children: DerElement[] = [];
  for (let at = 0; at < content.length; ) {
    const child = readBer(content.subarray(at));
    children.push(child);
    at += child.bytes.length;
  }
  return children;
}

/** The octets of an OCTET STRING, which BER may chop into pieces. */
export function octetsOf(element: DerElement, depth = 0): Buffer {
  if (element.tag === 0x04) return element.content;
  if (element.tag !== 0x24 || depth >= DEPTH_MAX) throw new DerError('An octet string is missing.');
  return Buffer.concat(berChildrenOf(element).map((piece) => octetsOf(piece, depth + 1)));
}
