const WHITESPACE = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((c) => c.charCodeAt(0)));

/** 0 regular, 1 white space, 2 delimiter (ISO 32000-1, 7.2.2). */
const KIND = Uint8Array.from({ length: 256 }, (_, byte) => (WHITESPACE.has(byte) ? 1 : DELIMITERS.has(byte) ? 2 : 0));

// Past the end of the bytes an index gives undefined; that is neither white space nor regular.
export function isWhitespace(byte: number | undefined): boolean {
  return byte !== undefined && KIND[byte] === 1;
}

export function isRegular(byte: number | undefined): byte is number {
  return byte !== undefined && KIND[byte] === 0;
}

export function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

const HEX = Uint8Array.from({ length: 256 }, (_, byte) => Number(/[0-9A-Fa-f]/.test(String.fromCharCode(byte))));

export function isHexDigit(byte: number | undefined): boolean {
  return byte !== undefined && HEX[byte] === 1;
}
