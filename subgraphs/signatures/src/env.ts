import { fileStoreSettings } from '@buffrsign/files';
import { z } from 'zod';
import { retrySchedule } from './domain/sealing-retry.ts';
import { verificationSettings } from './verification/settings.ts';

const PLACE = '{token}';

const addresses = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((url) => url.trim()).filter(Boolean))
  .refine((urls) => urls.every((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? '')), 'must be addresses of the form http://host/path, comma separated');

const seconds = z
  .string()
  .default(retrySchedule.join(','))
  .transform((text) => text.split(',').map(Number))
  .refine((numbers): numbers is [number, ...number[]] => numbers.every((number) => Number.isInteger(number) && number > 0), 'must be whole seconds, comma separated, such as 5,15,60');

const signatureSettings = z
  .object({
    /** Where a signing link leads: an address with `{token}` where the secret goes. */
    SIGNING_URL: z
      .string()
      .refine((url) => URL.canParse(url), 'is not an address')
      .refine((url) => url.includes(PLACE), `must have ${PLACE} where the secret of the link goes`)
      .default(`http://localhost:8000/sign/${PLACE}`),
    /** The PAdES baseline level that every sealed PDF must reach. It never gets less: what cannot be reached waits. */
    SEAL_LEVEL: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA']).default('B-LTA'),
    /** Seconds to wait after the first, second, … failure to seal; the last one ever after. */
    SEALING_RETRY_SECONDS: seconds,
    /** Folder of the embedded TEST certificate authority and the platform's seal; made when it is not there. */
    TRUST_DIR: z.string().default('.data/trust'),
    /** PEM files of the certificate (with its chain, the root last) and the key of a seal in place of the test seal. */
    SEAL_CERTIFICATE: z.string().optional(),
    SEAL_KEY: z.string().optional(),
    /** Addresses of timestamp authorities (RFC 3161), asked in this order; without one, the embedded TEST authority. */
    TSA_URLS: addresses,
    /** PEM file of the roots that these authorities' certificates must lead to. */
    TSA_ROOTS: z.string().optional(),
    /** Where anybody can check a sealed PDF; printed on its certificate, also as a QR code. */
    VERIFICATION_URL: z.string().refine((url) => URL.canParse(url), 'is not an address').default('http://localhost:8000/verify'),
  })
  .refine(({ SEAL_CERTIFICATE, SEAL_KEY }) => Boolean(SEAL_CERTIFICATE) === Boolean(SEAL_KEY), { path: ['SEAL_KEY'], message: 'is needed with SEAL_CERTIFICATE, and the other way round' })
  .refine(({ TSA_URLS, TSA_ROOTS }) => TSA_URLS.length === 0 || TSA_ROOTS !== undefined, { path: ['TSA_ROOTS'], message: 'is needed with TSA_URLS: a timestamp of somebody who is not trusted proves nothing' });

/** The settings of this subgraph. Every one has a value with which the embedded platform works. */
export const env = fileStoreSettings.and(verificationSettings).and(signatureSettings);

export type Env = z.output<typeof env>;
