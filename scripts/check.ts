import { spawnSync } from 'node:child_process';

/** `npm run check`: all that CI checks, in CI's order, the quick things first. */
const steps = [
  ['types', 'tsc', '--noEmit'],
  ['lint', 'eslint', '.'],
  ['schema', 'node', 'scripts/compose.ts', '--check'],
  ['tests', 'node', 'scripts/test.ts', '--coverage', ...process.argv.slice(2)],
] as const;

for (const [name, command, ...args] of steps) {
  console.log(`\n— ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`\n${name} failed.`);
    process.exit(status ?? 1);
  }
}
