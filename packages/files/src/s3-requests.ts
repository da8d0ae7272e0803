import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { Agent, request, type Dispatcher } from 'undici';
import { FileStoreError, storeFailure } from './errors.ts';
import type { S3Config } from './file-store.ts';

/** SHA-256 of nothing: the payload hash of a request without a body. */
const NO_PAYLOAD = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;
const CONNECT_MS = 5_000;
const SILENCE_MS = 30_000;

export interface Payload {
  readonly sha256: string;
  readonly size: number;
  /** Opens the content; once for each attempt. */
  open(): Readable;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Nothing names the bucket itself. */
  readonly key?: string;
  readonly payload?: Payload;
}

export type S3Response = Dispatcher.ResponseData;

/**
 * Signed requests to one bucket (Signature Version 4). The hash of the payload is part of the signature, so the
 * store itself refuses content that changed on the way. All requests here may be repeated, and are, when the
 * network or the store stumbles.
 */
export class S3Requests {
  readonly #config: S3Config;
  readonly #base: string;
  readonly #agent: Agent;

  constructor(config: S3Config) {
    const silence = config.silenceMs ?? SILENCE_MS;
    this.#config = config;
    this.#base = config.endpoint
      ? `${config.endpoint.replace(/\/+$/, '')}/${config.bucket}`
      : `https://${config.bucket}.s3.${config.region}.amazonaws.com`;
    this.#agent = new Agent({ connect: { timeout: CONNECT_MS }, headersTimeout: silence, bodyTimeout: silence });
  }

  /**
   * The answer, when it is a success or says that the key is not there (404).
   *
   * @throws FileStoreError `STORE_UNAVAILABLE`, `NO_SPACE`
   */
  async send(s3Request: S3Request): Promise<S3Response> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(s3Request).catch(storeFailure);
      if (!(outcome instanceof FileStoreError)) {
        if (outcome.statusCode < 300) return outcome;
        if (attempt === ATTEMPTS || !isPassing(outcome.statusCode)) return absentOrRefused(outcome);
        await outcome.body.dump();
      } else if (attempt === ATTEMPTS) throw outcome;
      await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #attempt({ method, key, payload }: S3Request): Promise<S3Response> {
    const { accessKeyId, secretAccessKey, sessionToken, region } = this.#config;
    const signer = new AwsV4Signer({
      method,
      url: key ? `${this.#base}/${key}` : `${this.#base}/`,
      headers: { 'x-amz-content-sha256': payload?.sha256 ?? NO_PAYLOAD },
      service: 's3',
      region,
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
    });
    const { url, headers } = await signer.sign();
    if (payload) headers.set('content-length', String(payload.size));
    return request(url, { method, headers, body: payload?.open() ?? null, dispatcher: this.#agent });
  }
}

/** Too busy, or out of order for the moment. */
const isPassing = (status: number): boolean => status === 429 || (status >= 500 && status !== 507);

async function absentOrRefused(response: S3Response): Promise<S3Response> {
  const code = /<Code>(\w{1,64})<\/Code>/.exec(await response.body.text())?.[1] ?? `HTTP ${response.statusCode}`;
  // A bucket that is gone must not look like a file that never was.
  if (response.statusCode === 404 && code !== 'NoSuchBucket') return response;
  if (response.statusCode === 507 || code === 'XMinioStorageFull' || code === 'QuotaExceeded') {
    throw new FileStoreError('NO_SPACE', 'The file store is full. Make room, then try again.', { cause: new Error(code) });
  }
  throw storeFailure(new Error(code));
}
