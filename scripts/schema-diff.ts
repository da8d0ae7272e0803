import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';

/**
 * `npm run schema:diff -- REF`: what changed in schema/api.graphql since a commit, as breaking, dangerous and safe. A
 * breaking change needs an entry in schema/CHANGELOG.md that was not there at REF.
 */
const [ref = 'HEAD'] = process.argv.slice(2).filter((word) => word !== '--json');
const asJson = process.argv.includes('--json');

const at = (path: string): string | undefined => {
  try {
    return execFileSync('git', ['show', `${ref}:${path}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
};

try {
  execFileSync('git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { stdio: 'ignore' });
} catch {
  console.error(`There is no commit ${ref} here. Name a branch, a tag or a commit.`);
  process.exit(2);
}

const before = at('schema/api.graphql');
if (before === undefined) {
  console.log(`schema/api.graphql is new since ${ref}: nothing can break.`);
  process.exit(0);
}

const changes = await diff(buildSchema(before), buildSchema(readFileSync('schema/api.graphql', 'utf8')));
const of = (level: CriticalityLevel) => changes.filter((change) => change.criticality.level === level).map((change) => change.message);
const groups = { breaking: of(CriticalityLevel.Breaking), dangerous: of(CriticalityLevel.Dangerous), safe: of(CriticalityLevel.NonBreaking) };

if (asJson) console.log(JSON.stringify(groups));
else {
  for (const [name, messages] of Object.entries(groups)) {
    console.log(`${name}: ${messages.length}`);
    for (const message of messages) console.log(`  - ${message}`);
  }
}

const changelog = (text: string | undefined) => (text ?? '').split('\n').filter((line) => /^- \*\*breaking\*\*/i.test(line)).length;
const noted = changelog(readFileSync('schema/CHANGELOG.md', 'utf8')) > changelog(at('schema/CHANGELOG.md'));
if (groups.breaking.length > 0 && !noted) {
  console.error('\nA breaking change needs a line `- **breaking** …` in schema/CHANGELOG.md that names it, the deprecation it follows and the date.');
  process.exit(1);
}
