import { buildSchema, parse, validate } from 'graphql';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const read = (path: string): string => readFileSync(path, 'utf8');
const pages = ['README.md', 'AGENTS.md', 'CONTRIBUTING.md', ...globSync(['docs/**/*.md', '{gateway,schema}/README.md', '{packages,subgraphs}/*/README.md'])];

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('leads with every link to something that is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
  });

  test('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => name!);
    const missing = named.filter((name) => {
      const file = /node (scripts\/\S+)/.exec(scripts[name] ?? '')?.[1];
      return scripts[name] === undefined || (file !== undefined && !existsSync(file));
    });
    expect(missing).toEqual([]);
  });

  test('shows only operations that the API takes', () => {
    const operations = [...text.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, source]) => source!);
    const inShell = [...text.matchAll(/"((?:query|subscription|mutation)[^"]*\{[^"]*)"/g)].map(([, source]) => source!);
    const errors = [...operations, ...inShell].flatMap((source) => validate(buildSchema(read('schema/api.graphql')), parse(source)).map(({ message }) => message));
    expect(errors).toEqual([]);
  });
});

describe('docs/events.md and docs/errors.md', () => {
  test('say what the code says', () => {
    const { status, stderr } = spawnSync('node', ['scripts/docs.ts', '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
