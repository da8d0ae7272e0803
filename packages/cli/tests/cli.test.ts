import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { signPdf } from '@buffrsign/pades';
import { createTestTrust, rootPem, sealSigner } from '@buffrsign/pades/test-trust';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classicPdf } from '../../pades/tests/support/fixtures.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

function start(program: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', timeout: 60_000 });
  return { code: status, stdout, stderr };
}

const buffrsign = (...args: string[]) => start(process.execPath, [join(ROOT, 'packages/cli/src/main.ts'), ...args]);

let files: Record<'signed' | 'changed' | 'unsigned' | 'text' | 'root' | 'evidence', string>;
beforeAll(async () => {
  const now = new Date();
  const trust = await createTestTrust({ now });
  const signed = await signPdf(classicPdf(), { signer: sealSigner(trust), signedAt: now, reason: 'Sealed \u001b[2J by the platform' });
  const changed = signed.slice();
  changed[Buffer.from(signed).indexOf('0 0 1 rg')] = 0x31;
  files = {
    signed: file('signed.pdf', signed),
    changed: file('changed.pdf', changed),
    unsigned: file('unsigned.pdf', classicPdf()),
    text: file('text.pdf', 'Dear sirs'),
    root: file('root.pem', rootPem(trust)),
    evidence: file('evidence.json', '{"format":"something else"}'),
  };
});

describe('buffrsign verify', () => {
  it('is run by npx in the project', () => {
    const { code, stdout } = start('npx', ['--offline', 'buffrsign', 'verify', '--trust', files.root, files.signed]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('VALID') });
  });

  it('ends with 0 and says in plain words who signed, when all is well', () => {
    const { code, stdout, stderr } = buffrsign('verify', '--trust', files.root, files.signed);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('VALID: every signature is intact and trusted');
    expect(stdout).toContain('BuffrSign TEST Platform Seal');
    expect(stdout).toContain('nothing proves when it was signed');
  });

  it('lets no text of the document act on the terminal', () => {
    expect(buffrsign('verify', '--trust', files.root, files.signed).stdout).not.toContain('\u001b');
  });

  it('trusts nobody unless it is told whom', () => {
    const { code, stdout } = buffrsign('verify', files.signed);
    expect(code).toBe(1);
    expect(stdout).toContain('not trusted: give --trust');
  });

  it('ends with 1 for a document that was changed, and for one that nobody signed', () => {
    expect(buffrsign('verify', '--trust', files.root, files.changed)).toMatchObject({ code: 1, stdout: expect.stringContaining('DIGEST_MISMATCH') });
    expect(buffrsign('verify', '--trust', files.root, files.unsigned)).toMatchObject({ code: 1, stdout: expect.stringContaining('UNSIGNED') });
  });

  it('ends with 2 for what is no PDF, and for a call that is wrong', () => {
    expect(buffrsign('verify', '--trust', files.root, files.text)).toMatchObject({ code: 2, stdout: expect.stringContaining('NOT_A_PDF') });
    const wrong = [[], ['sign'], ['verify'], ['verify', '--what', files.signed], ['verify', join(folder, 'absent.pdf')], ['verify', '--trust', files.text, files.signed], ['verify', '--trust', join(folder, 'absent.pem'), files.signed], ['verify', '--evidence', files.evidence, files.signed, files.signed]];
    for (const args of wrong) {
      const { code, stdout, stderr } = buffrsign(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toContain('buffrsign --help');
    }
  });

  it('ends with the worst of several files, and tells of each as JSON', () => {
    const { code, stdout } = buffrsign('verify', '--json', '--trust', files.root, files.signed, files.changed, files.text);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 2,
      files: [
        { file: files.signed, exitCode: 0, verification: { verdict: 'VALID', level: 'B-B', signatures: [{ intact: true, trusted: true, signer: { organization: 'BuffrSign TEST trust' } }] }, error: null },
        { file: files.changed, exitCode: 1, verification: { verdict: 'INVALID' }, meaning: expect.any(String) },
        { file: files.text, exitCode: 2, verification: null, error: { code: 'NOT_A_PDF' } },
      ],
    });
  });

  it('refuses evidence that is none', () => {
    const { code, stdout } = buffrsign('verify', '--trust', files.root, '--evidence', files.evidence, files.signed);
    expect(code).toBe(2);
    expect(stdout).toMatch(/Evidence of the audit trail\n +cannot be read/);
  });

  it('helps', () => {
    expect(buffrsign('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: buffrsign verify') });
  });
});
