import { globSync, readFileSync, readlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSchema, snapshotOf } from '../scripts/migrations/prisma-schema.ts';
import { subgraphs } from '../subgraphs/index.ts';

/** Rules of the house that neither the compiler nor the linter sees. */

const read = (path: string): string => readFileSync(path, 'utf8');
const sources = (...patterns: string[]): string[] => globSync(patterns).filter((path) => !/__generated__|node_modules/.test(path)).sort();

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

describe('docker-compose.yml', () => {
  const { services } = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };

  test('starts every subgraph of the list, each under its name and port, and the gateway, and nothing else of ours', () => {
    const ours = Object.entries(services).filter(([, { image }]) => image === 'buffrsign');
    const expected = [...subgraphs.map(({ name, port }) => [name, name, String(port)]), ['gateway', undefined, '8000']];
    expect(ours.map(([name, { environment }]) => [name, environment?.['SUBGRAPH'], environment?.['PORT']])).toEqual(expected);
  });

  test('tells the gateway where every subgraph is, and lets it wait for all of them', () => {
    const { environment = {}, depends_on: awaited = {} } = services['gateway']!;
    const addresses = Object.fromEntries(Object.entries(environment).filter(([key]) => key.endsWith('_URL')));
    expect(addresses).toEqual(Object.fromEntries(subgraphs.map(({ name, port }) => [`${name.toUpperCase()}_URL`, `http://${name}:${port}/graphql`])));
    expect(Object.keys(awaited)).toEqual(subgraphs.map(({ name }) => name));
  });

  test('starts the gateway as its image does by itself', () => {
    const [, command] = /^CMD (.+)$/m.exec(read('Dockerfile'))!;
    expect(services['gateway']!.command).toEqual(JSON.parse(command!));
  });

  test('finds a database for every subgraph in docker/postgres-init.sql', () => {
    const databases = [...read('docker/postgres-init.sql').matchAll(/^create database (\w+);$/gm)].map(([, name]) => name);
    expect(databases).toEqual(subgraphs.map(({ name }) => `buffrsign_${name}`));
  });
});

describe('packages', () => {
  test('of Apollo’s federation packages one exact version is installed, each once: two copies do not know each other’s types, and planning breaks', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> };
    const federation = ['composition', 'federation-internals', 'gateway', 'query-graphs', 'query-planner'].map((name) => `@apollo/${name}`);
    const installed = Object.entries(packages).filter(([path]) => federation.some((name) => path.endsWith(`node_modules/${name}`)));
    expect(installed.map(([path]) => path).sort()).toEqual(federation.map((name) => `node_modules/${name}`));
    expect(new Set(installed.map(([, { version }]) => version)).size).toBe(1);
  });

  test('@apollo/gateway serves tests and benches only, and is not in an installation that serves people', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { dev?: boolean }> };
    expect(packages['node_modules/@apollo/gateway']?.dev).toBe(true);
    const importers = sources('{packages,subgraphs,gateway,scripts,tests}/**/*.{ts,js}').filter((path) => /from '@apollo\/gateway'|import\('@apollo\/gateway'\)/.test(read(path)));
    expect(importers.filter((path) => !/\/tests\/|^scripts\/bench\//.test(path))).toEqual([]);
    expect(importers).not.toEqual([]);
  });

  test('every dependency is named by its exact version', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });

  test('every dependency has its line in docs/dependencies.md, with the licence that it comes with, and nothing else has one', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const installed = Object.keys({ ...dependencies, ...devDependencies }).map((name) => [name, (JSON.parse(read(`node_modules/${name}/package.json`)) as { license?: string }).license]);
    const lines = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, name, licence]) => [name, licence]);
    expect(Object.fromEntries(lines)).toEqual(Object.fromEntries(installed));
  });
});

describe.each(subgraphs.map(({ name, port }) => ({ name, port })))('the subgraph $name', ({ name, port }) => {
  test('says in its README what it owns, what it does not own, its entities, and the facts it hears and says', () => {
    const readme = read(`subgraphs/${name}/README.md`);
    const said = (heading: string): boolean => /\w/.test(new RegExp(`^\\*\\*${heading}(?::\\*\\*|\\*\\*)([^]*?)(?=^\\*\\*|^#|(?![^]))`, 'm').exec(readme)?.[1] ?? '');
    expect(['Owns', 'Does not own', 'Entities', 'Facts in', 'Facts out'].filter((heading) => !said(heading))).toEqual([]);
  });

  test('has a main.ts of five lines at most: what there is to decide is in subgraph.ts', () => {
    expect(read(`subgraphs/${name}/src/main.ts`).trimEnd().split('\n').length).toBeLessThanOrEqual(5);
  });

  test('goes by the name and the port of the list', () => {
    const wiring = read(`subgraphs/${name}/src/subgraph.ts`);
    expect([/name: '(\w+)'/.exec(wiring)?.[1], Number(/port: (\d+)/.exec(wiring)?.[1])]).toEqual([name, port]);
  });

  test('shows others its events only; its definition, its permissions and its seed are for scripts and tests', () => {
    const { exports } = JSON.parse(read(`subgraphs/${name}/package.json`)) as { exports: Record<string, string> };
    expect(Object.keys(exports).filter((entry) => !['./events', './subgraph', './permissions', './seed'].includes(entry))).toEqual([]);
  });

  test('keeps facts in the tables that all subgraphs share, not in a copy of them', () => {
    expect(readlinkSync(`prisma/${name}/messaging.prisma`)).toBe('../shared/messaging.prisma');
  });

  test('has migrations that lead to its schema as it is now', async () => {
    expect(globSync(`prisma/${name}/migrations/*/migration.sql`)).not.toEqual([]);
    expect(read(`prisma/${name}/migrations/schema.snapshot`)).toBe(snapshotOf(await readSchema(name)));
  });
});

describe('scopes', () => {
  test('that the API demands can be held: by a member through a permission of auth, or by a guest', async () => {
    const { permissions } = (await import(`@buffrsign/${'auth'}/permissions`)) as { permissions: Readonly<Record<string, string>> };
    // What a signing link gives; see signatures.
    const ofGuests = ['envelope:sign'];
    const demanded = sources('subgraphs/*/src/schema/*.graphql').flatMap((path) =>
      [...read(path).matchAll(/@requiresScopes\(scopes: (\[\[.*?\]\])\)/g)].flatMap(([, lists]) => JSON.parse(lists!) as string[][]).flat().map((scope) => ({ path, scope })),
    );
    expect(demanded.filter(({ scope }) => !(scope in permissions) && !ofGuests.includes(scope))).toEqual([]);
  });
});

describe('the kernel and the gateway', () => {
  const words = /envelope|recipient|signature|signer|invoice|contact|webhook|workflow|notification|sealed pdf/gi;
  /** Words that mean something else in their place. */
  const allowed: Readonly<Record<string, readonly string[]>> = {
    // The attributes around the data of a CloudEvent.
    'packages/kernel/src/messaging/define-event.ts': ['envelope'],
    // TypeScript's index signature.
    'packages/kernel/src/http/subscriptions.ts': ['signature'],
  };

  test('know no word of the domain, so that any other domain could stand on them', () => {
    const found = sources('packages/kernel/src/**/*.ts', 'gateway/src/**/*.ts').flatMap((path) =>
      [...new Set([...read(path).matchAll(words)].map(([word]) => word.toLowerCase()))].filter((word) => !allowed[path]?.includes(word)).map((word) => `${path}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});

describe('a file', () => {
  const CEILING = 250;

  test(`has at most ${CEILING} lines, tests and scripts included: beyond that it has two reasons to change`, () => {
    const long = sources('{packages,subgraphs,gateway}/*/{src,tests}/**/*.ts', 'gateway/{src,tests}/**/*.ts', '{scripts,tests}/**/*.{ts,js}')
      .map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > CEILING);
    expect(long).toEqual([]);
  });
});
