import type { FileStoreConfig } from '@buffrsign/files';
import type { Env } from '../env.ts';

/** Where files are kept: in the bucket when one is named, in the folder otherwise. */
export const fileStoreConfig = (env: Env): FileStoreConfig =>
  env.FILES_S3_BUCKET === undefined
    ? { kind: 'disk', directory: env.FILES_DIR }
    : {
        kind: 's3',
        bucket: env.FILES_S3_BUCKET,
        region: env.FILES_S3_REGION,
        ...(env.FILES_S3_ENDPOINT && { endpoint: env.FILES_S3_ENDPOINT }),
        accessKeyId: env.FILES_S3_ACCESS_KEY_ID,
        secretAccessKey: env.FILES_S3_SECRET_ACCESS_KEY,
      };
