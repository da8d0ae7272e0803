import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What is measured beside ours and used for nothing else: hundreds of packages that no installation of the platform
 * should wait for. They are kept in a folder of their own, where nothing but this finds them.
 */
const FOLDER = fileURLToPath(new URL('../../../.data/bench/gateway', import.meta.url));
const { version: graphql } = createRequire(import.meta.url)('graphql/package.json') as { version: string };
const WANTED = JSON.stringify({ private: true, dependencies: { '@graphql-hive/gateway': '2.15.1', '@graphql-hive/router-runtime': '1.4.23', graphql } });

const isInstalled = async (): Promise<boolean> => (await readFile(join(FOLDER, 'installed'), 'utf8').catch(() => '')) === WANTED;

/** Installs the other gateways unless they are there: exact versions, none of their install scripts. */
const install = async (): Promise<void> => {
  if (await isInstalled()) return;
  console.log(`Installing the gateways to measure beside ours into ${FOLDER} (once, some minutes)…`);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'package.json'), WANTED);
  const npm = spawn('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`npm could not install them (exit code ${code}). Mend what it says above, or measure without them: BENCH_ONLY names those to measure.`);
  // Written last: what broke off is installed anew.
  await writeFile(join(FOLDER, 'installed'), WANTED);
};

/** The program of Hive's gateway, to be run by Node; installed when it is asked for the first time. */
export const hiveProgram = async (): Promise<string> => {
  await install();
  const manifest = join(FOLDER, 'node_modules', '@graphql-hive', 'gateway', 'package.json');
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: Readonly<Record<string, string>> };
  return join(dirname(manifest), bin['hive-gateway']!);
};
