import { fileStoreSettings } from '@buffrsign/files';
import { z } from 'zod';
import { verificationSettings } from './verification/settings.ts';

const PLACE = '{token}';

/** The settings of this subgraph. Every one has a value with which the embedded platform works. */
export const env = fileStoreSettings.and(verificationSettings).and(
  z.object({
    /** Where a signing link leads: an address with `{token}` where the secret goes. */
    SIGNING_URL: z
      .string()
      .refine((url) => URL.canParse(url), 'is not an address')
      .refine((url) => url.includes(PLACE), `must have ${PLACE} where the secret of the link goes`)
      .default(`http://localhost:8000/sign/${PLACE}`),
    /** Folder of the embedded TEST certificate authority and the platform's seal; made when it is not there. */
    TRUST_DIR: z.string().default('.data/trust'),
  }),
);

export type Env = z.output<typeof env>;
