import { readEnv } from '@buffrsign/kernel';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fileStoreConfigOf, fileStoreSettings } from '../src/index.ts';

const bucket = { S3_BUCKET: 'files', S3_REGION: 'af-south-1', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };
const configOf = (source: Record<string, string>) => fileStoreConfigOf(readEnv('files', fileStoreSettings, source));

describe('the settings of a file store', () => {
  test.each([
    ['a folder of the project, when nothing is said', {}, { kind: 'disk', directory: '.data/files' }],
    ['the folder that is named', { FILES_DIR: '/var/files' }, { kind: 'disk', directory: '/var/files' }],
    ['the bucket, when one is named', bucket, { kind: 's3', bucket: 'files', region: 'af-south-1', accessKeyId: 'id', secretAccessKey: 'secret' }],
    ['a bucket elsewhere', { ...bucket, S3_ENDPOINT: 'http://minio:9000' }, { kind: 's3', bucket: 'files', region: 'af-south-1', accessKeyId: 'id', secretAccessKey: 'secret', endpoint: 'http://minio:9000' }],
  ])('mean %s', (_what, source, config) => {
    expect(configOf(source as Record<string, string>)).toEqual(config);
  });

  test('name everything that a bucket lacks, and never fall back to the disk in silence', () => {
    expect(() => configOf({ S3_BUCKET: 'files' })).toThrow(/S3_REGION: is not set; S3_BUCKET needs it[^]*S3_ACCESS_KEY_ID[^]*S3_SECRET_ACCESS_KEY/);
  });

  test('can be joined with those of a room', () => {
    const env = readEnv('room', fileStoreSettings.and(z.object({ ROOM_URL: z.url() })), { ...bucket, ROOM_URL: 'https://room.example' });
    expect(env).toMatchObject({ ROOM_URL: 'https://room.example', S3_BUCKET: 'files' });
  });
});
