import { ATTACKS, INTRODUCTIONS, LEGITIMATE, type Attack } from './table.ts';

/** docs/attacks.md, from the same table that the tests run. */
export function markdown(): string {
  const parts = Object.entries(ATTACKS).map(([title, attacks]) => `## ${title}\n\n${INTRODUCTIONS[title] ?? ''}\n\n${table(attacks)}`);
  return `${HEAD}\n${parts.join('\n\n')}\n\n## What must stay possible\n\n${table(LEGITIMATE)}\n`;
}

const HEAD = `# Attacks on signed PDFs, and what the verifier says

Every row is a test (\`packages/pades/tests/attacks\`), built there by program; this page is written from the same table
(\`npm test -- packages/pades/tests/attacks -u\`). REFUSED: the file is not read as a PDF at all (\`PdfRefusal\`, exit 2 of
\`buffrsign verify\`). INVALID and UNSIGNED: exit 1. VALID: exit 0. The code is that of a finding, and stable.
`;

function table(attacks: readonly Attack[]): string {
  const rows = attacks.map(({ name, how, verdict, code }) => `| ${name} | ${how} | ${verdict} | ${code ? `\`${code}\`` : ''} |`);
  return ['| what | how | verdict | code |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
