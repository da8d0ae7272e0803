import { buildSchema, isInterfaceType, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { subgraphs } from '../subgraphs/index.ts';

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const page = readFileSync('docs/seed-coverage.md', 'utf8');

/** The rows of the page's tables: a capability, and the cell that says what serves it. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| capability'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, capability = '', serves = '']) => ({ capability, serves }));

const fieldsIn = (text: string): string[] => [...text.matchAll(/`([A-Z]\w*\.\w+)`/g)].map(([, field]) => field!);

const exists = (field: string): boolean => {
  const [typeName = '', fieldName = ''] = field.split('.');
  const type = schema.getType(typeName);
  return (isObjectType(type) || isInterfaceType(type)) && fieldName in type.getFields();
};

describe('docs/seed-coverage.md', () => {
  test('names only fields that the API has', () => {
    expect(fieldsIn(page).length).toBeGreaterThan(50);
    expect(fieldsIn(page).filter((field) => !exists(field))).toEqual([]);
  });

  test('says of every capability what serves it, or that nothing does yet', () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter(({ serves }) => fieldsIn(serves).length === 0 && !/not yet|beside the graph/.test(serves))).toEqual([]);
  });

  test('has a section for every subgraph', () => {
    expect(subgraphs.map(({ name }) => name).filter((name) => !page.includes(`\n## ${name}\n`))).toEqual([]);
  });
});
