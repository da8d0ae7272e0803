import { fileStoreSettings } from '@buffrsign/files';
import type { z } from 'zod';

/** The settings of this subgraph: where the texts lie. */
export const env = fileStoreSettings;

export type Env = z.output<typeof env>;
