import { relative } from 'node:path';
import type { EmbeddedPlatform } from './embedded.ts';

const bold = (text: string): string => (process.stdout.isTTY ? `\x1b[1m${text}\x1b[22m` : text);

/** What a person wants to know once everything runs. */
export const summaryOf = (running: EmbeddedPlatform, seconds: number): string => {
  const { graphUrl, subscriptionUrl, demo } = running;
  const directory = relative(process.cwd(), running.directory) || running.directory;
  const rows = [
    ['Graph', graphUrl],
    ['Try it', `${new URL(graphUrl).origin}/`],
    ['Subscriptions', subscriptionUrl],
    ['Check a PDF', `${new URL(graphUrl).origin}/verify`],
    ...demo.members.map(({ email, password, role }, index) => [index === 0 ? 'Demo accounts' : '', `${email}  ${password}  (${role.toLowerCase()})`]),
    ['Caught mails', `${directory}/mails`],
    ['Files', `${directory}/files`],
    ['Log', `${directory}/platform.log`],
    ...(running.platform.metricsUrl ? [['Figures', running.platform.metricsUrl]] : []),
  ];
  const table = rows.map(([label, value]) => `  ${bold((label ?? '').padEnd(15))}${value}`).join('\n');
  return `\n  ${bold('BuffrSign')} is ready after ${seconds.toFixed(1)} s.\n\n${table}\n\n  Next, in another terminal:\n    npm run demo -- contract.pdf   uploads a PDF, has two people sign it, checks the result\n\n  ctrl-C stops everything; what was done stays in ${directory}.\n`;
};

/** The same for machines. */
export const summaryJson = ({ graphUrl, subscriptionUrl, directory, demo }: EmbeddedPlatform, seconds: number): string => JSON.stringify({ graphUrl, subscriptionUrl, directory, demo, seconds });
