import { SECURITY, type Row } from './table.ts';

/** Where a file of the table lies, from the root of the tree. */
export const pathOf = ({ file }: Row): string => (file.startsWith('packages/') ? file : `gateway/tests/${file}`);

const HEAD = `# Attacks on the gateway, and what comes of them

Every row names the test that shows it. This page is written from a table beside the tests
(\`npm test -- gateway/tests/security/page.test.ts -u\`), and a row whose test is not there fails. A \`%s\` in a name stands for
each case that the test has. Limits are those of [gateway/README.md](../gateway/README.md#limits); attacks on signed PDFs
have [a page of their own](attacks.md).
`;

const tableOf = (rows: readonly Row[]): string =>
  ['| attack | verdict | test |', '| --- | --- | --- |', ...rows.map((one) => `| ${one.attack} | ${one.verdict} | [${one.file.split('/').at(-1)}](../${pathOf(one)}) › ${one.test} |`)].join('\n');

/** docs/security.md */
export const markdown = (): string => `${HEAD}\n${Object.entries(SECURITY).map(([title, rows]) => `## ${title}\n\n${tableOf(rows)}`).join('\n\n')}\n`;
