import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefusedError, runDemo } from '../scripts/demo/run-demo.ts';
import { corpus } from './support/corpus.ts';
import { askOpenssl, complaintsOfQpdf } from './support/foreign-tools.ts';
import { startTestPlatform, type TestPlatform } from './support/test-platform.ts';

const SIGNERS = 3;
const encrypted = 'libreoffice-writer-password.pdf';
const missing = ['pdfsig', 'qpdf', 'certutil', 'openssl'].filter((tool) => spawnSync(tool, [], { stdio: 'ignore' }).error);

describe('every readable PDF of the corpus', () => {
  let platform: TestPlatform;
  let root: string;
  beforeAll(async () => {
    platform = await startTestPlatform();
    root = join(platform.directory, 'trust', 'test-root.pem');
  });
  afterAll(() => platform.stop());

  const carry = (name: string, said: string[] = []) =>
    runDemo({ url: platform.url, file: join(corpus(), name), mails: platform.mails, directory: platform.directory, out: join(platform.directory, 'out'), signers: SIGNERS, say: (line) => said.push(line) });

  const names = readdirSync(corpus()).filter((name) => name.endsWith('.pdf') && name !== encrypted);
  describe.skipIf(missing.length > 0)(missing.length > 0 ? `(skipped: ${missing.join(', ')} not installed)` : 'goes through upload and three signers to B-LTA,', () => {
    test.each(names)('and the sealed %s is right for pdfsig, qpdf, openssl and our own verifier', { timeout: 120_000 }, async (name) => {
      const { check, level, signedFile } = await carry(name);
      expect(level).toBe('B-LTA');
      // The platform's seal and one signature a signer, each with a certificate of its own that leads to the root.
      expect(check.words.match(/Signature is Valid\. Certificate is Trusted\./g)).toHaveLength(1 + SIGNERS);
      expect(complaintsOfQpdf(signedFile)).toBe('');
      const verdicts = askOpenssl(signedFile, root);
      expect(verdicts.filter(({ ok }) => !ok)).toEqual([]);
      expect(verdicts.map(({ kind }) => kind)).toEqual([...Array.from({ length: 1 + SIGNERS }, () => 'signature'), 'timestamp']);
      const { status, stdout } = spawnSync(join('node_modules', '.bin', 'buffrsign'), ['verify', '--trust', root, '--json', signedFile], { encoding: 'utf8' });
      expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('"verdict": "VALID"') });
    });
  });

  test('but the encrypted one, which is refused at upload with its reason', async () => {
    const said: string[] = [];
    await expect(carry(encrypted, said)).rejects.toThrow(RefusedError);
    expect(said).toContain('document refused');
  });
});
