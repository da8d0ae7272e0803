/** As much of RFC 6455 as a client needs that has to cost little: ten thousand of them share a core with what is measured. */

export const TEXT = 0x1;
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

/** A frame as a client sends it: whole, and masked, with a mask of zeros. */
export const frame = (opcode: number, payload: Buffer): Buffer => {
  const short = payload.length < 126;
  const head = Buffer.alloc(short ? 6 : 8);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (short ? payload.length : 126);
  if (!short) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
};

/**
 * Reads whole frames from what has come, and gives what is left. No longer ones than 64 KiB, and none in parts: the
 * servers here send no such frames.
 */
export const readFrames = (bytes: Buffer, onFrame: (opcode: number, payload: Buffer) => void): Buffer | undefined => {
  let at = 0;
  while (bytes.length - at >= 2) {
    const short = bytes[at + 1]! & 0x7f;
    if (short === 127 || (bytes[at]! & 0x80) === 0) throw new Error('A frame that no server here sends');
    const begin = at + (short === 126 ? 4 : 2);
    if (short === 126 && bytes.length < begin) break;
    const end = begin + (short === 126 ? bytes.readUInt16BE(at + 2) : short);
    if (bytes.length < end) break;
    onFrame(bytes[at]! & 0x0f, bytes.subarray(begin, end));
    at = end;
  }
  return at === bytes.length ? undefined : bytes.subarray(at);
};
