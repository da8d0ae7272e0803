import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { GraphError } from './demo/client.ts';
import { RefusedError, runDemo } from './demo/run-demo.ts';

/** `npm run demo -- FILE.pdf`: a real contract through upload, two signers in order and live progress to a signed PDF. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string', default: 'http://localhost:8000/graphql' }, mails: { type: 'string' }, out: { type: 'string', default: 'out' }, json: { type: 'boolean' } },
});
const [file] = positionals;
if (!file || !existsSync(file)) {
  console.error(file ? `There is no file ${file}.` : 'Say which PDF: npm run demo -- contract.pdf');
  process.exit(2);
}
const mails = resolve(values.mails ?? join(process.env['DATA_DIR'] ?? '.data', 'mails'));
const started = performance.now();
const say = (line: string): void => {
  if (!values.json) console.log(`  ${((performance.now() - started) / 1_000).toFixed(2).padStart(6)} s  ${line}`);
};

try {
  const result = await runDemo({ url: values.url, file, mails, directory: dirname(mails), out: values.out, say });
  if (values.json) console.log(JSON.stringify(result));
  else console.log(`\n  ${result.signedFile}\n  sealed at level PAdES ${result.level ?? 'unknown'}\n  ${result.check.words}\n`);
  process.exit(result.check.valid ? 0 : 1);
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  if (values.json) console.log(JSON.stringify({ refused: error instanceof RefusedError, message: words }));
  else console.error(error instanceof RefusedError ? `\n  Refused: ${words}\n` : `\n  ${words}\n`);
  if (!(error instanceof RefusedError || error instanceof GraphError) && process.env['DEBUG']) console.error(error);
  process.exit(1);
}
