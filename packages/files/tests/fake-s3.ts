import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One bucket of an S3 server, as far as Amazon's REST reference describes what the store uses: HEAD, GET, PUT, DELETE, Signature Version 4. */
export interface FakeS3 {
  readonly endpoint: string;
  readonly objects: Map<string, Uint8Array>;
  /** The next requests, of any kind, are answered by these instead. */
  readonly answers: ((request: IncomingMessage, response: ServerResponse) => void)[];
  stop(): Promise<void>;
}

export const BUCKET = 'evidence';
export const REGION = 'af-south-1';
export const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' };

export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Uint8Array>();
  const answers: FakeS3['answers'] = [];
  const server = createServer((request, response) => {
    const instead = answers.shift();
    if (instead) return instead(request, response);
    serve(objects, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    answers,
    stop: () => new Promise((stopped) => {
      server.close(() => stopped());
      server.closeAllConnections();
    }),
  };
}

async function serve(objects: Map<string, Uint8Array>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://fake').pathname;
  const [, bucket, key] = /^\/([^/]+)\/(.*)$/.exec(path) ?? [];
  const body = await buffer(request);
  if (!isSigned(request, path)) return refuse(response, 403, 'SignatureDoesNotMatch');
  if (bucket !== BUCKET) return refuse(response, 404, 'NoSuchBucket');
  if (!key) return void response.writeHead(200).end();
  const stored = objects.get(key);
  switch (request.method) {
    case 'PUT':
      if (request.headers['content-length'] === undefined) return refuse(response, 411, 'MissingContentLength');
      if (sha256(body) !== request.headers['x-amz-content-sha256']) return refuse(response, 400, 'XAmzContentSHA256Mismatch');
      objects.set(key, body);
      return void response.writeHead(200).end();
    case 'DELETE':
      objects.delete(key);
      return void response.writeHead(204).end();
    default:
      if (!stored) return refuse(response, 404, 'NoSuchKey');
      return void response.writeHead(200, { 'content-length': stored.byteLength }).end(request.method === 'HEAD' ? undefined : stored);
  }
}

const refuse = (response: ServerResponse, status: number, code: string): void =>
  void response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);

/** Signature Version 4, worked out anew from the request as it arrived. */
function isSigned(request: IncomingMessage, path: string): boolean {
  const [, scope = '', names = '', signature = ''] = /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(request.headers.authorization ?? '') ?? [];
  const [date = ''] = scope.split('/');
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('');
  const canonical = [request.method, path, '', headers, names, request.headers['x-amz-content-sha256']].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [date, REGION, 's3', 'aws4_request'].reduce<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${KEYS.secretAccessKey}`));
  const expected = hmac(key, toSign);
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
