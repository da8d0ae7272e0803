import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { INSPECTION_LIMITS, inspectPdf, preparePdf, RENDERING_LIMITS, renderThumbnail } from '../../src/pdf/index.ts';
import { confinement } from '../../src/pdf/sandbox/confinement.ts';
import { childrenOf, isRunning } from '../support/child-processes.ts';
import { corpusPdf } from '../support/corpus.ts';
import * as hard from '../support/hard-pdfs.ts';
import { fileOf } from '../support/pdf-folder.ts';

const ENOUGH = { wallTimeMs: 60_000, maxMemoryBytes: 2 ** 30 };
/** Far longer than anything takes here, far shorter than the slow document takes to draw. */
const PATIENCE = { timeout: 15_000 };
const newChild = (parent = process.pid): Promise<number> => expect.poll(() => childrenOf(parent)[0], PATIENCE).toBeDefined().then(() => childrenOf(parent)[0]!);

describe('a process that looks at a document', () => {
  test('is ended when it takes too long, and the document is refused', async () => {
    const path = await fileOf(hard.giganticImage());
    const thumbnail = await renderThumbnail(path, 1, { maxWidth: 100, limits: { ...ENOUGH, wallTimeMs: 1000 } });

    expect(thumbnail).toMatchObject({ ok: false, refusal: 'TOO_COMPLEX', detail: 'more than 1000 ms' });
    expect(childrenOf(process.pid)).toEqual([]);
  });

  test('is ended when it takes more memory than any of its heaps would tell', async () => {
    // A hundred megabytes, twice: as they came and as they are written.
    const path = await fileOf(hard.heavy());
    const limits = { ...INSPECTION_LIMITS, maxBytes: 2 ** 28, maxMemoryBytes: 200 * 2 ** 20 };
    const inspection = await preparePdf(path, { output: `${path}.prepared`, limits });

    expect(inspection).toMatchObject({ ok: false, refusal: 'TOO_COMPLEX', detail: expect.stringMatching(/bytes of memory/) as string });
  });

  test('may be killed from outside: the document can be tried again', async () => {
    const looking = renderThumbnail(await fileOf(hard.giganticImage()), 1, { maxWidth: 100, limits: ENOUGH });
    process.kill(await newChild(), 'SIGKILL');

    expect(await looking).toMatchObject({ ok: false, refusal: 'INTERRUPTED' });
  });

  test('may crash: the document is refused', async () => {
    const looking = renderThumbnail(await fileOf(hard.giganticImage()), 1, { maxWidth: 100, limits: ENOUGH });
    process.kill(await newChild(), 'SIGSEGV');

    expect(await looking).toMatchObject({ ok: false, refusal: 'TOO_COMPLEX' });
  });

  test('is ended when nobody wants the answer any more', async () => {
    const nobody = new AbortController();
    const looking = renderThumbnail(await fileOf(hard.giganticImage()), 1, { maxWidth: 100, limits: ENOUGH, signal: nobody.signal });
    const child = await newChild();
    nobody.abort(new Error('the client went away'));

    await expect(looking).rejects.toThrow('the client went away');
    expect(isRunning(child)).toBe(false);
  });

  test('is not even started when nobody wants the answer from the beginning', async () => {
    await expect(inspectPdf(corpusPdf('habibi.pdf'), INSPECTION_LIMITS, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  test('does not outlive its time when its parent is killed', async () => {
    const script = new URL('../support/slow-thumbnail.ts', import.meta.url);
    const parent = fork(script, [await fileOf(hard.giganticImage()), '1000']);
    const child = await newChild(parent.pid);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    expect(isRunning(child)).toBe(true);

    await expect.poll(() => isRunning(child), PATIENCE).toBe(false);
  });

  test('has at most one other beside it', async () => {
    let most = 0;
    const counting = setInterval(() => (most = Math.max(most, childrenOf(process.pid).length)), 5);
    const thumbnails = await Promise.all(Array.from({ length: 6 }, () => renderThumbnail(corpusPdf('habibi.pdf'), 1, { maxWidth: 50 })));
    clearInterval(counting);

    expect(thumbnails.every(({ ok }) => ok)).toBe(true);
    expect(most).toBe(2);
  });

  test.each([
    ['read another file', 'require("node:fs").readFileSync("/etc/hosts")'],
    ['list a folder', 'require("node:fs").readdirSync("/tmp")'],
    ['write a file', 'require("node:fs").writeFileSync("/tmp/forbidden", "x")'],
    ['start a program', 'require("node:child_process").execSync("true")'],
    ['load native code', 'process.dlopen({ exports: {} }, "/nowhere.node")'],
    ['make code of text', 'new Function("return 1")()'],
  ])('cannot %s', (_what, attempt) => {
    const program = `try { ${attempt}; console.log('done'); } catch (error) { console.log(error.code ?? error.name); }`;
    const { stdout } = spawnSync(process.execPath, [...confinement(RENDERING_LIMITS.maxMemoryBytes), '-e', program], { encoding: 'utf8', env: {} });
    expect(stdout.trim()).toMatch(/^(ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED|EvalError)$/);
  });
});
