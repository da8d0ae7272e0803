import { buildSchema, parse, validate } from 'graphql';
import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testGoldenOperations } from './support/golden-operations.ts';
import { startTestPlatform, type TestPlatform } from './support/test-platform.ts';

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const files = globSync('schema/operations/*.graphql').sort();

describe('golden operations', () => {
  test.each(files)('%s is valid against what clients see, and is the one operation of its file', (path) => {
    const document = parse(readFileSync(path, 'utf8'));
    expect(validate(schema, document)).toEqual([]);
    expect(document.definitions.map((definition) => ('name' in definition ? definition.name?.value : ''))).toEqual([path.split('/').at(-1)!.replace('.graphql', '')]);
  });
});

describe('golden operations on the running graph', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(() => platform.stop());
  testGoldenOperations(() => ({ ...platform, verificationsUrl: new URL('/verifications', platform.url).href }));

  test('stand beside a page on which everybody can ask', async () => {
    expect((await fetch(new URL('/verify', platform.url))).status).toBe(200);
  });
});
