import { testSecrets } from '@buffrsign/kernel/testing';
import { parse, type DirectiveNode, type DocumentNode } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { portOf } from '../scripts/platform/port-of.ts';
import { hiveProgram, startHive, type Hive } from '../scripts/support/hive.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { testGoldenOperations } from './support/golden-operations.ts';
import { startTestPlatform, type TestPlatform } from './support/test-platform.ts';

const SUPERGRAPH = 'schema/supergraph.graphql';
const supergraph: DocumentNode = parse(readFileSync(SUPERGRAPH, 'utf8'));

const directivesIn = (node: unknown): DirectiveNode[] => {
  if (Array.isArray(node)) return node.flatMap(directivesIn);
  if (typeof node !== 'object' || node === null) return [];
  const { kind, loc: _loc, ...children } = node as Record<string, unknown>;
  return [...(kind === 'Directive' ? [node as DirectiveNode] : []), ...Object.values(children).flatMap(directivesIn)];
};

describe('the supergraph', () => {
  const links = directivesIn(supergraph.definitions.filter(({ kind }) => kind === 'SchemaDefinition')).map(({ arguments: args }) => Object.fromEntries(args!.map(({ name, value }) => [name.value, 'value' in value ? value.value : value.kind])));

  test('holds no directive but those of the federation and of GraphQL itself', () => {
    const used = new Set(directivesIn(supergraph.definitions.filter(({ kind }) => kind !== 'DirectiveDefinition')).map(({ name }) => name.value));
    expect([...used].filter((name) => !/^(join__\w+|link|tag|inaccessible|authenticated|requiresScopes|policy|cost|listSize|deprecated|specifiedBy|oneOf)$/.test(name))).toEqual([]);
    expect(links.map(({ url }) => new URL(String(url)).host)).toEqual(links.map(() => 'specs.apollo.dev'));
  });

  test('is as composition wrote it: whoever serves it is told that it must enforce what it protects', () => {
    expect(links.filter((link) => link['for'] === 'SECURITY').map(({ url }) => String(url).replace(/\/v[\d.]+$/, ''))).toEqual(['https://specs.apollo.dev/authenticated', 'https://specs.apollo.dev/requiresScopes']);
    const names = directivesIn(supergraph).filter(({ name }) => name.value === 'join__graph').map(({ arguments: args }) => (args![0]!.value as { value: string }).value);
    expect(names.sort()).toEqual(subgraphs.map(({ name }) => name).sort());
    expect(directivesIn(supergraph).filter(({ name }) => name.value === 'authenticated').length).toBeGreaterThan(10);
  });
});

const GUARDED = 'query Guarded { __typename envelope(id: "env_01890000000070008000000000") { id } }';

describe('another gateway (@graphql-hive/gateway) on the same supergraph and the same subgraphs', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    await hiveProgram();
    platform = await startTestPlatform();
  }, 400_000);
  afterAll(() => platform.stop());

  describe.each(['JavaScript', 'Rust'] as const)('planning in %s', (planner) => {
    let hive: Hive;
    const at = (name: (typeof subgraphs)[number]['name']): string => `http://127.0.0.1:${portOf(Number(new URL(platform.url).port), name)}`;
    beforeAll(async () => {
      const settings = {
        SUPERGRAPH_PATH: SUPERGRAPH,
        ACTOR_TOKEN_SECRET: testSecrets.ACTOR_TOKEN_SECRET,
        TOKEN_ISSUERS: `auth user ${at('auth')}/.well-known/jwks.json,signatures guest ${at('signatures')}/.well-known/jwks.json`,
        ...Object.fromEntries(subgraphs.map(({ name }) => [`${name.toUpperCase()}_URL`, at(name)])),
      };
      hive = await startHive({ supergraph: SUPERGRAPH, config: 'scripts/portability/hive.config.ts', planner, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production', ...settings } });
    }, 90_000);
    beforeEach(({ onTestFailed }) => onTestFailed(() => console.error(hive.lastWords())));
    afterAll(() => void hive?.child.kill('SIGKILL'));

    testGoldenOperations(() => ({ ...platform, url: hive.url, verificationsUrl: `${at('signatures')}/verifications` }));

    test('refuses by the directives what this gateway refuses, with the same code at the same place', async () => {
      const ask = async (url: string): Promise<{ data: unknown; refused: unknown }> => {
        const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: GUARDED }) });
        const { data, errors } = (await response.json()) as { data?: unknown; errors?: { path?: unknown; extensions?: { code?: string } }[] };
        return { data: data ?? null, refused: errors?.map(({ path, extensions }) => [path, extensions?.code]) };
      };
      expect(await ask(hive.url)).toEqual(await ask(platform.url));
    });
  });
});
