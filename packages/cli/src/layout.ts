/** Control characters and marks that turn text around: a name in a certificate must not rewrite the screen. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from a document or certificate, safe to print. */
export function printable(text: string): string {
  return text.toWellFormed().replace(UNSAFE, '\ufffd');
}

/** Breaks a text into lines of at most `width` characters, between words where it can. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    for (let rest = word; ; rest = rest.slice(width)) {
      const part = rest.slice(0, width);
      if (line !== '' && line.length + 1 + part.length > width) {
        lines.push(line);
        line = '';
      }
      line = line === '' ? part : `${line} ${part}`;
      if (rest.length <= width) break;
    }
  }
  return [...lines, line];
}

/** Two columns: what, and what is true of it. */
export function rows(pairs: readonly (readonly [string, string])[], { indent, width }: { readonly indent: number; readonly width: number }): string {
  const label = Math.max(0, ...pairs.map(([name]) => name.length)) + 2;
  const room = Math.max(20, Math.min(width, 120) - indent - label);
  return pairs
    .flatMap(([name, value]) => wrap(printable(value), room).map((line, i) => `${' '.repeat(indent)}${(i === 0 ? name : '').padEnd(label)}${line}\n`))
    .join('');
}
