import { z } from 'zod';

/** Settings of this subgraph. */
export const integrationsEnv = z.object({
  /** Lets webhooks go to this very machine, by http too: for development, never where strangers have accounts. */
  WEBHOOKS_ALLOW_LOOPBACK: z.enum(['true', 'false'], { error: 'must be `true` or `false`' }).default('false').transform((value) => value === 'true'),
});
