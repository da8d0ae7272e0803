import { z } from 'zod';

const PLACE = '{token}';

/** The settings of this subgraph. Every one has a value with which the embedded platform works. */
export const env = z.object({
  /** Where a signing link leads: an address with `{token}` where the secret goes. */
  SIGNING_URL: z.url('is not an address').refine((url) => url.includes(PLACE), `must have ${PLACE} where the secret of the link goes`).default(`http://localhost:8000/sign/${PLACE}`),
  /** Folder of the embedded TEST certificate authority and the platform's seal; made when it is not there. */
  TRUST_DIR: z.string().default('.data/trust'),
  /** Folder of the file store, shared with the other subgraphs; not used when there is a bucket. */
  FILES_DIR: z.string().default('.data/files'),
  /** Bucket of the file store (S3 REST API); the folder is used when it is not set. */
  FILES_S3_BUCKET: z.string().optional(),
  FILES_S3_REGION: z.string().default('us-east-1'),
  /** Base address for stores other than Amazon's. */
  FILES_S3_ENDPOINT: z.url().optional(),
  FILES_S3_ACCESS_KEY_ID: z.string().default(''),
  FILES_S3_SECRET_ACCESS_KEY: z.string().default(''),
});

export type Env = z.output<typeof env>;
