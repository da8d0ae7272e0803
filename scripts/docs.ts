import { readFile, writeFile } from 'node:fs/promises';
import { errorsPage } from './docs/errors-page.ts';
import { eventsPage } from './docs/events-page.ts';

/**
 * `npm run docs` writes docs/events.md and docs/errors.md from the code; `-- --check` says whether the committed ones
 * are what would be written.
 */
const check = process.argv.includes('--check');
const pages = { 'docs/events.md': await eventsPage(), 'docs/errors.md': await errorsPage() };

const stale: string[] = [];
for (const [path, text] of Object.entries(pages)) {
  const present = await readFile(path, 'utf8').catch(() => '');
  if (present === text) continue;
  stale.push(path);
  if (!check) await writeFile(path, text);
}
if (check && stale.length > 0) {
  console.error(`${stale.join(' and ')} ${stale.length > 1 ? 'are' : 'is'} not what the code says. Run npm run docs and commit the result.`);
  process.exit(1);
}
console.log(check ? 'docs/ is what the code says.' : `Wrote ${stale.length > 0 ? stale.join(' and ') : 'nothing: all is as the code says'}.`);
