import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { subgraphs } from '../subgraphs/index.ts';

const read = (path: string): string => readFileSync(path, 'utf8');

/** Every setting that `.env.example` explains, whether it is set there or shown behind a `#` with its default. */
const explained = [...read('.env.example').matchAll(/^(?:# ?)?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);

/** Where settings are read: the models of the parts, those that rooms share, and the scripts. */
const models = globSync(['{packages,subgraphs}/*/src/**/{env,settings}.ts', 'gateway/src/env.ts']).filter((path) => !path.includes('__generated__'));
const settings = models.flatMap((path) => [...read(path).matchAll(/^\s+([A-Z][A-Z0-9_]*):/gm)].map(([, name]) => ({ path, name: name! })));
const scripts = globSync(['scripts/**/*.{ts,js}', 'packages/*/src/testing/*.ts']).flatMap((path) => [...read(path).matchAll(/process\.env\['([A-Z][A-Z0-9_]*)'\]/g)].map(([, name]) => name!));
const compose = [...read('docker-compose.yml').matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].map(([, name]) => name!);

/** Named after a subgraph, one each; explained by the example of one of them. */
const isPatterned = (name: string): boolean => subgraphs.some((subgraph) => new RegExp(`^${subgraph.name.toUpperCase()}_(DATABASE_)?URL$`).test(name));

describe('.env.example', () => {
  test('explains every setting that a part of the platform reads', () => {
    expect(models.length).toBeGreaterThan(2);
    // Made of a subgraph's own name by the kernel before its model reads it.
    const missing = settings.filter(({ name }) => name !== 'DATABASE_URL' && !explained.includes(name));
    expect(missing).toEqual([]);
  });

  test('explains every variable that docker-compose.yml asks for', () => {
    expect(compose.filter((name) => !explained.includes(name))).toEqual([]);
  });

  test('explains nothing that nobody reads', () => {
    const known = new Set([...settings.map(({ name }) => name), ...scripts, ...compose]);
    expect(explained.filter((name) => !known.has(name) && !isPatterned(name))).toEqual([]);
  });

  test('explains each setting once', () => {
    expect(explained.filter((name, index) => explained.indexOf(name) !== index)).toEqual([]);
  });
});
