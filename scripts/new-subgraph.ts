import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { subgraphs } from '../subgraphs/index.ts';
import { filesOf } from './new-subgraph/template.ts';

/**
 * Does the plumbing of a new subgraph: `npm run new:subgraph -- payments`. The list in `subgraphs/index.ts` must name
 * it first: its port is a decision, not plumbing.
 */
const [name] = process.argv.slice(2);
const entry = subgraphs.find((subgraph) => subgraph.name === name);
if (!name || !entry) {
  console.error(`Say which subgraph: npm run new:subgraph -- NAME\nNAME must stand in subgraphs/index.ts with its port; it lists ${subgraphs.map((subgraph) => subgraph.name).join(', ')}.`);
  process.exit(1);
}
if (existsSync(join('subgraphs', name))) {
  console.error(`subgraphs/${name} is there already. Nothing was changed.`);
  process.exit(1);
}

for (const [path, text] of Object.entries(filesOf(entry))) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
}
await mkdir(join('prisma', name, 'migrations'), { recursive: true });
await symlink('../shared/messaging.prisma', join('prisma', name, 'messaging.prisma'));

console.log(`subgraphs/${name} stands. Next:
  1. write its schema:   subgraphs/${name}/src/schema/*.graphql and prisma/${name}/schema.prisma
  2. npm run generate    makes types, the Prisma client and resolver stubs
  3. npm run new:migration -- ${name} init
  4. fill the stubs, the rules and the events; npm run compose; read the diff of schema/api.graphql`);
