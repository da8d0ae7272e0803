import { readFile, writeFile } from 'node:fs/promises';
import { composeSupergraph } from './compose/compose.ts';

/**
 * `npm run compose` writes schema/supergraph.graphql and schema/api.graphql from the subgraphs' SDL;
 * `npm run schema:check` says whether the committed ones are what would be written.
 */
const check = process.argv.includes('--check');
const composed = await composeSupergraph();
if ('errors' in composed) {
  console.error(`The subgraphs do not compose:\n${composed.errors.map((error) => `  - ${error}`).join('\n')}`);
  process.exit(1);
}

const files = { 'schema/supergraph.graphql': composed.supergraph, 'schema/api.graphql': composed.api };
const stale: string[] = [];
for (const [path, text] of Object.entries(files)) {
  const present = await readFile(path, 'utf8').catch(() => '');
  if (present === text) continue;
  if (check) stale.push(path);
  else await writeFile(path, text);
}
for (const hint of composed.hints) console.warn(`hint: ${hint}`);
if (stale.length > 0) {
  console.error(`${stale.join(' and ')} ${stale.length > 1 ? 'are' : 'is'} not what the subgraphs compose to. Run npm run compose and commit the result.`);
  process.exit(1);
}
console.log(check ? 'schema/ is what the subgraphs compose to.' : 'Wrote schema/supergraph.graphql and schema/api.graphql.');
