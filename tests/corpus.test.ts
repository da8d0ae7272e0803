import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefusedError, runDemo } from '../scripts/demo/run-demo.ts';
import { corpus } from './support/corpus.ts';
import { startTestPlatform, type TestPlatform } from './support/test-platform.ts';

const encrypted = 'libreoffice-writer-password.pdf';

describe('every readable PDF of the corpus', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(() => platform.stop());

  const carry = (name: string, said: string[] = []) =>
    runDemo({ url: platform.url, file: join(corpus(), name), mails: platform.mails, directory: platform.directory, out: join(platform.directory, 'out'), say: (line) => said.push(line) });

  const names = readdirSync(corpus()).filter((name) => name.endsWith('.pdf') && name !== encrypted);
  test.each(names)('%s goes through upload, two signers in order and live progress to a file that pdfsig calls valid', async (name) => {
    const { check } = await carry(name);
    expect(check.words).toMatch(/Signature is Valid|pdfsig is not here/);
    expect(check.valid).toBe(true);
  });

  test('but the encrypted one, which is refused at upload with its reason', async () => {
    const said: string[] = [];
    await expect(carry(encrypted, said)).rejects.toThrow(RefusedError);
    expect(said).toContain('document refused');
  });
});
