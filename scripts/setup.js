// Runs before `npm start`, `npm test` and `npm run demo`: installs and generates only what is missing or stale.
// Plain JavaScript without dependencies, since on a fresh clone there is nothing else yet, and any Node may run it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');

const filesBelow = (folder, matches) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === '__generated__' ? [] : filesBelow(path, matches);
        return matches(path) ? [path] : [];
      })
    : [];

const digestOf = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths.sort()) hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex');
};

/** Does a piece of work unless its stamp says that it was done for exactly these files. */
const once = (title, stamp, paths, present, work) => {
  const digest = digestOf(paths);
  const isDone = present() && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (isDone) return;
  process.stdout.write(`  ${title}… `);
  const started = Date.now();
  const result = work();
  if (result.status !== 0) {
    process.stdout.write('failed.\n\n');
    process.stderr.write(`${result.stdout}${result.stderr}\n`);
    process.exit(1);
  }
  writeFileSync(stamp, digest);
  process.stdout.write(`${Math.round((Date.now() - started) / 1000)} s\n`);
};

const run = (command, args) => spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` } });

once(
  'Installing packages (once, about half a minute)',
  join(root, 'node_modules', '.buffrsign-installed'),
  [join(root, 'package-lock.json')],
  () => existsSync(join(bin, 'node')),
  () => run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
);

const generated = [
  join(root, 'codegen.ts'),
  join(root, 'subgraphs', 'index.ts'),
  ...filesBelow(join(root, 'schema', 'shared'), (path) => path.endsWith('.graphql')),
  ...filesBelow(join(root, 'schema', 'operations'), (path) => path.endsWith('.graphql')),
  ...filesBelow(join(root, 'subgraphs'), (path) => path.endsWith('.graphql') || path.endsWith('.mappers.ts') || /[\\/]resolvers[\\/]/.test(path)),
  ...filesBelow(join(root, 'prisma'), (path) => path.endsWith('.prisma')),
];
once(
  'Generating database clients and types',
  join(root, 'node_modules', '.buffrsign-generated'),
  generated,
  () => existsSync(join(root, 'subgraphs', 'auth', 'src', '__generated__', 'resolvers.ts')),
  () => run('node', ['scripts/generate.ts']),
);
