/** One DER element: its tag, the whole encoding, and where the content of a constructed one splits. */
export interface DerElement {
  readonly tag: number;
  /** Tag, length and content. */
  readonly bytes: Buffer;
  readonly content: Buffer;
}

/** Thrown for bytes that are not DER; callers turn it into an error of their own. */
export class DerError extends Error {
  override name = 'DerError';
}

/** Reads the element at the start of `bytes`; what follows it is left alone. */
export function readDer(bytes: Buffer): DerElement {
  const tag = bytes[0];
  const short = bytes[1];
  if (tag === undefined || short === undefined || (tag & 0x1f) === 0x1f) throw new DerError('A DER element is cut off or has a long tag.');
  const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
  // 0x80 alone would be the indefinite length of BER.
  if (short === 0x80 || lengthBytes > 4 || bytes.length < 2 + lengthBytes) throw new DerError('A DER length is invalid.');
  const length = lengthBytes === 0 ? short : bytes.readUIntBE(2, lengthBytes);
  const end = 2 + lengthBytes + length;
  if (end > bytes.length) throw new DerError('A DER element is cut off.');
  return { tag, bytes: bytes.subarray(0, end), content: bytes.subarray(2 + lengthBytes, end) };
}

/** The elements inside a constructed element. */
export function childrenOf({ content }: DerElement): DerElement[] {
  const children: DerElement[] = [];
  for (let rest = content; rest.length > 0; ) {
    const child = readDer(rest);
    children.push(child);
    rest = rest.subarray(child.bytes.length);
  }
  return children;
}
