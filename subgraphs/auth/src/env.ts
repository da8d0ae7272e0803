import { z } from 'zod';

/** Settings of this subgraph. The costs are OWASP's for argon2id; only tests have a reason to lower them. */
export const envModel = z.object({
  /** Memory for one password hash, KiB. */
  AUTH_ARGON2_MEMORY_KIB: z.coerce.number().int().min(8).max(1_048_576).default(19_456),
  /** Passes over that memory. */
  AUTH_ARGON2_PASSES: z.coerce.number().int().min(1).max(20).default(2),
});
