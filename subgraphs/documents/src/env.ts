import { fileStoreSettings } from '@buffrsign/files';
import { z } from 'zod';

const MEGABYTE = 1024 * 1024;
/** Sizes are `Int` in the schema. */
const MAX_INT = 2_147_483_647;

/** The settings of this subgraph. */
export const env = fileStoreSettings.and(
  z.object({
    /** Where browsers reach this subgraph's HTTP server, for uploads, downloads and page images. */
    DOCUMENTS_PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .default('http://localhost:8002')
      .transform((url) => url.replace(/\/+$/, '')),
    /** Largest file taken, in bytes. */
    MAX_UPLOAD_BYTES: z.coerce.number().int().min(1).max(MAX_INT).default(50 * MEGABYTE),
  }),
);

export type Env = z.output<typeof env>;
