import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

/**
 * `npm test`: everything. Suites that need Redis run against REDIS_URL, or against a server on this machine if one
 * answers; where none does, they are reported as skipped, and with REQUIRE_REDIS=1 that is a failure. So it is with the
 * tools of others that check our PDFs, and REQUIRE_PDF_TOOLS=1; and with the browser, and REQUIRE_CHROMIUM=1.
 */
const LOCAL_REDIS = 'redis://127.0.0.1:6379';

const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port || 6379), timeout: 1_000 });
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false)).once('timeout', () => end(false));
  });

const given = process.env['REDIS_URL'];
const redisUrl = given ?? ((await answers(LOCAL_REDIS)) ? LOCAL_REDIS : undefined);
if (given && !(await answers(given))) {
  console.error('REDIS_URL is set, but nothing answers there. Start Redis, or unset REDIS_URL to skip its suites.');
  process.exit(1);
}
if (!redisUrl && process.env['REQUIRE_REDIS']) {
  console.error('REQUIRE_REDIS is set, but no Redis answers. Install one (apt-get install redis-server) and start it.');
  process.exit(1);
}
if (!redisUrl) console.log('No Redis answers: its suites will be skipped by name.');

const pdfTools = ['pdfsig', 'qpdf', 'certutil', 'openssl'];
const missing = pdfTools.filter((tool) => spawnSync(tool, [], { stdio: 'ignore' }).error);
if (missing.length > 0 && process.env['REQUIRE_PDF_TOOLS']) {
  console.error(`REQUIRE_PDF_TOOLS is set, but ${missing.join(', ')} cannot be found. Install poppler-utils, qpdf, libnss3-tools and openssl.`);
  process.exit(1);
}
if (missing.length > 0) console.log(`${missing.join(', ')} cannot be found: what foreign tools say of our PDFs will be skipped by name.`);

const CHROMIUM = '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
if (!hasChromium && process.env['REQUIRE_CHROMIUM']) {
  console.error(`REQUIRE_CHROMIUM is set, but there is no ${CHROMIUM}. Install it (apt-get install chromium).`);
  process.exit(1);
}
if (!hasChromium) console.log(`There is no ${CHROMIUM}: what pages do in a browser will be skipped by name.`);

const args = process.argv.slice(2);
// Tests start whole platforms and many small programs, over and over: what one compiled, the next ones take from there.
const compileCache = fileURLToPath(new URL('../node_modules/.cache/buffrsign', import.meta.url));
const env = { NODE_COMPILE_CACHE: compileCache, ...process.env, ...(redisUrl && { REDIS_URL: redisUrl }) };
const { status } = spawnSync('vitest', ['run', ...args], { stdio: 'inherit', env });
process.exit(status ?? 1);
