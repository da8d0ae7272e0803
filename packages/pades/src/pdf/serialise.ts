import type { PdfDict, PdfObject, PdfReference } from './objects.ts';

const ownNumber = ({ number, generation }: PdfReference): string => `${number} ${generation} R`;

/** A value as PDF source, one character per byte (write it as Latin-1); references may be written otherwise than they stand. */
export function serialise(value: PdfObject, reference: (value: PdfReference) => string = ownNumber): string {
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
      return reference(value);
    case 'array':
      return `[${value.items.map((item) => serialise(item, reference)).join(' ')}]`;
    case 'dict':
      return serialiseDict(value, reference);
  }
}

function serialiseDict({ entries }: PdfDict, reference: (value: PdfReference) => string): string {
  let source = '<<';
  for (const [key, entry] of entries) source += `${source === '<<' ? '' : '\n'}${serialiseName(key)} ${serialise(entry, reference)}`;
  return `${source}>>`;
}

/** Characters that stand for themselves in a name. */
const PLAIN_NAME = /^[!"$&'*-.0-;=?-Z\\^-z|~]*$/;

function serialiseName(name: string): string {
  if (PLAIN_NAME.test(name)) return `/${name}`;
  let source = '/';
  for (const character of name) {
    source += PLAIN_NAME.test(character) ? character : `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  }
  return source;
}

/** A stream object as PDF source; /Length is written as it is. */
export function serialiseStream(dictionary: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`<<${dictionary}\n/Length ${data.length}>>\nstream\n`, 'latin1'), data, Buffer.from('\nendstream')]);
}
