import { isRegular } from './characters.ts';
import type { PdfObject } from './objects.ts';

/** A value as PDF source, one character per byte (write it as Latin-1). */
export function serialise(value: PdfObject): string {
  switch (value.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.value);
    case 'number':
    case 'string':
      return value.source;
    case 'name':
      return serialiseName(value.name);
    case 'reference':
      return `${value.number} ${value.generation} R`;
    case 'array':
      return `[${value.items.map(serialise).join(' ')}]`;
    case 'dict':
      return `<<${[...value.entries].map(([key, entry]) => `${serialiseName(key)} ${serialise(entry)}`).join('\n')}>>`;
  }
}

function serialiseName(name: string): string {
  let source = '/';
  for (const character of name) {
    const byte = character.charCodeAt(0);
    const plain = isRegular(byte) && byte > 0x20 && byte < 0x7f && byte !== 0x23;
    source += plain ? character : `#${byte.toString(16).padStart(2, '0')}`;
  }
  return source;
}
