import { z } from 'zod';

/** The settings of checking PDFs for anybody who asks. */
export const verificationSettings = z.object({
  /** Folder in which files wait to be looked at, 15 minutes at most. All processes of this subgraph must see the same one. */
  VERIFICATION_DIR: z.string().default('.data/verifications'),
  /** PEM files of the roots whose certificates and timestamps are trusted, comma separated. The test authority's is beside them. */
  VERIFY_ROOTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((path) => path.trim()).filter((path) => path !== '')),
});

export type VerificationSettings = z.output<typeof verificationSettings>;
