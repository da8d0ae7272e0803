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

const clients = async (names: readonly string[]): Promise<void> => {
  for (const name of names) await run('prisma', ['generate', '--schema', `prisma/${name}`], { env });
};

try {
  // Two at a time; the resolver types read the clients' types, so they come after.
  await Promise.all([clients(wanted.filter((_, index) => index % 2 === 0)), clients(wanted.filter((_, index) => index % 2 === 1))]);
  await run('graphql-codegen', ['--config', 'codegen.ts', '--errors-only'], { env: { ...env, ...(named.length > 0 && { SUBGRAPHS: wanted.join(',') }) } });
} catch (error) {
  const { stdout, stderr } = error as { stdout?: string; stderr?: string };
  console.error(`${stdout ?? ''}${stderr ?? String(error)}`);
  process.exit(1);
}
console.log(`Generated ${wanted.join(', ')}.`);
