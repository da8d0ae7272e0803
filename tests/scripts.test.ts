import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compose } from '../scripts/compose/compose.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'buffrsign-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string, ...args: string[]) => spawnSync('node', [resolve('scripts', script), ...args], { cwd: folder, encoding: 'utf8' });

describe('npm run schema:diff', () => {
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.na', ...args], { cwd: folder, stdio: 'ignore' });
  const write = (api: string, changelog = '# API changes\n') => {
    writeFileSync(join(folder, 'schema/api.graphql'), api);
    writeFileSync(join(folder, 'schema/CHANGELOG.md'), changelog);
  };
  beforeEach(() => {
    mkdirSync(join(folder, 'schema'));
    git('init', '-q');
    write('enum State { OPEN } type Query { thing(id: ID!): String state: State }');
    git('add', '-A');
    git('commit', '-qm', 'Before');
  });

  test('passes what only adds, and says so', () => {
    write('enum State { OPEN } type Query { thing(id: ID!): String state: State more: Int }');
    const { status, stdout } = run('schema-diff.ts', 'HEAD');
    expect(status).toBe(0);
    expect(stdout).toMatch(/breaking: 0\ndangerous: 0\nsafe: 1/);
  });

  test('calls a new enum value dangerous, and passes it', () => {
    write('enum State { OPEN CLOSED } type Query { thing(id: ID!): String state: State }');
    const { status, stdout } = run('schema-diff.ts', 'HEAD', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ breaking: [], dangerous: [expect.stringContaining('CLOSED')] });
  });

  test('fails on what breaks clients until the changelog has a line for it', () => {
    const broken = 'enum State { OPEN } type Query { state: State }';
    write(broken);
    const refused = run('schema-diff.ts', 'HEAD');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('schema/CHANGELOG.md');
    write(broken, '# API changes\n\n- **breaking** `Query.thing` is gone; deprecated 2026-01-01, removed 2026-05-01.\n');
    expect(run('schema-diff.ts', 'HEAD').status).toBe(0);
  });

  test('says in a sentence that there is no such commit', () => {
    const { status, stderr } = run('schema-diff.ts', 'nowhere');
    expect(status).toBe(2);
    expect(stderr).toBe('There is no commit nowhere here. Name a branch, a tag or a commit.\n');
  });
});

describe('npm run compose', () => {
  const services = (...sdls: string[]) =>
    sdls.map((sdl, index) => ({ name: `s${index}`, url: `http://s${index}`, typeDefs: parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@policy"]) ${sdl}`) }));
  const posts = 'type Post @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int } type Query { post: Post }';

  test('refuses a supergraph that other routers would plan wrongly, and says why and what to do', () => {
    expect(compose(services(posts, 'type Post @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int @external shipping: Int @requires(fields: "price") }'))).toEqual({
      errors: [expect.stringMatching(/Post\.shipping has @requires of price, which takes arguments.*Require a field without arguments/)],
    });
  });

  test('refuses policies, which nothing in this platform decides', () => {
    expect(compose(services('type Query { a: Int @policy(policies: [["p"]]) }'))).toEqual({ errors: [expect.stringContaining('uses @policy (at Query.a)')] });
  });

  test('composes what can be served', () => {
    expect(compose(services(posts))).toMatchObject({ api: expect.stringContaining('type Post') });
  });
});

describe('npm run new:subgraph', () => {
  test('does the plumbing: what is there afterwards is what the others have', () => {
    const { status, stdout } = run('new-subgraph.ts', 'crm');
    expect(status).toBe(0);
    expect(stdout).toContain('npm run generate');
    // The rooms differ only where their domains do: these files are alike in all of them.
    for (const path of ['src/main.ts', 'src/database.ts', 'package.json']) {
      expect(readFileSync(join(folder, 'subgraphs/crm', path), 'utf8')).toBe(readFileSync(join('subgraphs/crm', path), 'utf8'));
    }
    expect(readlinkSync(join(folder, 'prisma/crm/messaging.prisma'))).toBe('../shared/messaging.prisma');
  });

  test('changes nothing where there is a subgraph of this name, and says so', () => {
    run('new-subgraph.ts', 'crm');
    writeFileSync(join(folder, 'subgraphs/crm/src/main.ts'), 'mine');
    const again = run('new-subgraph.ts', 'crm');
    expect(again).toMatchObject({ status: 1, stderr: 'subgraphs/crm is there already. Nothing was changed.\n' });
    expect(readFileSync(join(folder, 'subgraphs/crm/src/main.ts'), 'utf8')).toBe('mine');
  });

  test('asks for a name that the list of subgraphs knows', () => {
    expect(run('new-subgraph.ts', 'payments')).toMatchObject({ status: 1, stderr: expect.stringContaining('subgraphs/index.ts') });
  });
});

describe('npm run demo', () => {
  test.each([
    [['missing.pdf'], 'There is no file missing.pdf.\n'],
    [[], 'Say which PDF: npm run demo -- contract.pdf\n'],
  ])('with %j says what it needs', (args, words) => {
    expect(run('demo.ts', ...args)).toMatchObject({ status: 2, stderr: words });
  });

  test('says that the platform has to be started when nothing answers', () => {
    writeFileSync(join(folder, 'contract.pdf'), '%PDF-1.7');
    const { status, stderr } = run('demo.ts', 'contract.pdf', '--url', 'http://127.0.0.1:9/graphql');
    expect(status).toBe(1);
    expect(stderr).toContain('Start the platform first: npm start');
  });
});
