import { z } from 'zod';
import type { FileStoreConfig } from './file-store.ts';

/** What a bucket cannot be used without. */
const OF_A_BUCKET = ['S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/**
 * The settings that say where files are kept, the same for every room that keeps files: a bucket when `S3_BUCKET` is
 * set, else the folder `FILES_DIR`. Join a room's own settings with `.and(z.object({ … }))`.
 */
export const fileStoreSettings = z
  .object({
    FILES_DIR: z.string().default('.data/files'),
    S3_BUCKET: z.string().optional(),
    S3_REGION: z.string().optional(),
    S3_ENDPOINT: z.url().optional(),
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
  })
  .superRefine((env, context) => {
    if (env.S3_BUCKET === undefined) return;
    for (const name of OF_A_BUCKET) {
      if (env[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is not set; S3_BUCKET needs it' });
    }
  });

export type FileStoreSettings = z.output<typeof fileStoreSettings>;

/** The configuration for `openFileStore` that the settings describe. */
export function fileStoreConfigOf(env: FileStoreSettings): FileStoreConfig {
  const { S3_BUCKET: bucket, S3_REGION: region, S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (bucket === undefined || region === undefined || accessKeyId === undefined || secretAccessKey === undefined) return { kind: 'disk', directory: env.FILES_DIR };
  return { kind: 's3', bucket, region, accessKeyId, secretAccessKey, ...(endpoint !== undefined && { endpoint }) };
}
