import type { Logger, Part } from '@buffrsign/kernel';
import { LIMITS, type Limits } from './limits.ts';
import { readRoots, readTestRoot } from './roots.ts';
import type { VerificationSettings } from './settings.ts';
import { openUploads, type Uploads } from './uploads.ts';
import { createVerifier, type Verifier } from './verifier.ts';

const SWEEP_EVERY_MS = 60_000;

/** All that checking the PDFs of strangers works with. */
export interface Verification extends Verifier {
  readonly uploads: Uploads;
  readonly limits: Limits;
  readonly part: Part;
}

interface Options {
  readonly env: VerificationSettings & { readonly TRUST_DIR: string };
  readonly log: Logger;
  readonly now: () => Date;
  readonly limits?: Limits;
}

/** @throws RootsUnusable when a file of roots is named that cannot be used: better now than in a wrong verdict. */
export const createVerification = async ({ env, log, now, limits = LIMITS }: Options): Promise<Verification> => {
  const configured = await readRoots(env.VERIFY_ROOTS);
  const uploads = openUploads({ directory: env.VERIFICATION_DIR, limits, now });
  const roots = async () => ({ configured, test: await readTestRoot(env.TRUST_DIR) });
  let timer: NodeJS.Timeout | undefined;
  const part: Part = {
    name: 'verification',
    async start() {
      await uploads.sweep();
      timer = setInterval(() => void uploads.sweep(), SWEEP_EVERY_MS).unref();
    },
    stop: async () => clearInterval(timer),
  };
  return { ...createVerifier({ uploads, roots, limits, log, now }), uploads, limits, part };
};
