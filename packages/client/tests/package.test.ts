import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '@buffrsign/kernel/testing';
import { startLogServer, type LogServer } from './support/log-server.ts';

const here = resolve(import.meta.dirname, '..');

/** The snippets of the README as they stand there, by their heading. */
const snippets = new Map(
  readFileSync(join(here, 'README.md'), 'utf8')
    .split(/^#+ /m)
    .flatMap((section) => [...section.matchAll(/```js\n([^]*?)```/g)].map((match) => [section.split('\n')[0]!, match[1]!] as const)),
);

describe('the package as it is published', () => {
  let folder: string;
  let log: LogServer;
  beforeAll(() => {
    // An application somewhere else, which has installed it and what it stands beside.
    folder = mkdtempSync(join(tmpdir(), 'buffrsign-client-'));
    execFileSync(process.execPath, [join(here, 'build.ts'), join(folder, 'built')]);
    const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', './built'], { cwd: folder, encoding: 'utf8' })) as { filename: string }[];
    const installed = join(folder, 'node_modules/@buffrsign/client');
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', packed!.filename, '-C', installed, '--strip-components=1'], { cwd: folder });
    mkdirSync(join(folder, 'node_modules/@apollo'));
    mkdirSync(join(folder, 'node_modules/@urql'));
    for (const name of ['graphql', 'graphql-ws', '@apollo/client', '@urql/core']) symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    log = await startLogServer();
  });
  afterEach(() => log.stop());

  test('asks for nothing of this project', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, 'node_modules/@buffrsign/client/package.json'), 'utf8')) as { dependencies?: object; peerDependencies: object };
    expect({ dependencies, peers: Object.keys(peerDependencies) }).toEqual({ dependencies: undefined, peers: ['graphql', 'graphql-ws'] });
  });

  test.each(['@buffrsign/client', 'With Apollo Client', 'With urql'])('runs the snippet under "%s" in its README, which goes on after a cut connection', async (heading) => {
    const file = join(folder, 'snippet.mjs');
    writeFileSync(file, snippets.get(heading)!.replaceAll('ws://localhost:8000/graphql', log.url));
    let said = '';
    const program = execFile(process.execPath, [file]);
    program.stdout!.on('data', (text: string) => (said += text));
    program.stderr!.on('data', (text: string) => (said += text));
    const exit = once(program, 'exit');
    await until('the subscription to be open', () => log.open() === 1 || said);
    log.append('a', 1);
    await until('the first', () => said === '1\n' || said.includes('Error'));
    log.cut();
    log.append('a', 2);
    await until('the second', () => said.endsWith('2\n') || said.includes('Error'));
    program.kill();
    await exit;
    expect(said).toBe('1\n2\n');
  });

  test('runs the snippet with a token', () => {
    writeFileSync(join(folder, 'token.mjs'), snippets.get('With a token')!);
    expect(execFileSync(process.execPath, [join(folder, 'token.mjs')], { encoding: 'utf8' })).toBe('');
  });
});
