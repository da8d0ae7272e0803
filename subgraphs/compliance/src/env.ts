import { isKeyName } from '@buffrsign/transparency';
import { z } from 'zod';

/** The settings of this subgraph. Every one has a value with which the embedded platform works. */
export const env = z.object({
  /** Name of the platform's audit log: an address without `https://`, which need not be there. */
  AUDIT_LOG_NAME: z.string().refine(isKeyName, 'must be a name without spaces and plus signs').default('buffrsign.example/audit'),
  /** Folder of the embedded TEST authority; made when it is not there. Used only without TSA_URLS. */
  TRUST_DIR: z.string().default('.data/trust'),
  /** Timestamp authorities (RFC 3161), comma separated, in the order in which they are asked. */
  TSA_URLS: z
    .string()
    .transform((urls) => urls.split(',').map((url) => url.trim()))
    .refine((urls) => urls.every((url) => URL.canParse(url)), 'must be addresses, separated by commas')
    .optional(),
  /** PEM file with the roots of those authorities. */
  TSA_ROOTS: z.string().optional(),
}).refine(({ TSA_URLS, TSA_ROOTS }) => (TSA_URLS === undefined) === (TSA_ROOTS === undefined), { path: ['TSA_ROOTS'], message: 'must be set with TSA_URLS, and only then: an answer of an authority is believed by its roots' });

export type Env = z.output<typeof env>;
