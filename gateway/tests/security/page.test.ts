import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { markdown, pathOf } from './markdown.ts';
import { SECURITY, type Row } from './table.ts';

const rows = Object.values(SECURITY).flat();
const textOf = (row: Row): string => readFileSync(fileURLToPath(new URL(`../../../${pathOf(row)}`, import.meta.url)), 'utf8');

/** A name stands in a test as a text of its own: as its title, as one of the titles it can have, or as a row of its table. */
const isNamed = (text: string, name: string): boolean => [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => text.includes(quoted));

describe('The table of attacks', () => {
  it.each(rows)('$attack: its test is there', (row) => {
    expect(isNamed(textOf(row), row.test)).toBe(true);
  });

  it('names every attack once', () => {
    expect(new Set(rows.map(({ attack }) => attack)).size).toBe(rows.length);
  });

  it('is what docs/security.md shows', async () => {
    await expect(markdown()).toMatchFileSnapshot('../../../docs/security.md');
  });
});
