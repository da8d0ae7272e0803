import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { subgraphs } from '../subgraphs/index.ts';

/** Makes what is generated: the Prisma clients and the typed resolvers of all subgraphs, or of those that are named. */
const run = promisify(execFile);
const named = process.argv.slice(2);
const wanted = subgraphs.map(({ name }) => name).filter((name) => (named.length === 0 || named.includes(name)) && existsSync(`prisma/${name}/schema.prisma`));

// Prisma's CLI insists on a schema engine that generating never runs; any file that exists satisfies it.
const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
try {
  for (const name of wanted) await run('prisma', ['generate', '--schema', `prisma/${name}`], { env });
  await run('graphql-codegen', ['--config', 'codegen.ts', '--errors-only'], { env: { ...env, SUBGRAPHS: wanted.join(',') } });
} catch (error) {
  const { stdout, stderr } = error as { stdout?: string; stderr?: string };
  console.error(`${stdout ?? ''}${stderr ?? String(error)}`);
  process.exit(1);
}
console.log(`Generated ${wanted.join(', ')}.`);
