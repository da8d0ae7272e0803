import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { childrenOf, readDer } from '../der/read.ts';
import { octetString, sequence, smallInteger, tagged } from '../der/write.ts';
import { tell, type Now } from './clock-option.ts';
import { certificateParts } from './der-signing.ts';
import { ocspResponse, testCrl, type Revoked } from './revocation.ts';
import type { CertifiedKey, TestTrust } from './test-trust.ts';
import { timestampToken } from './tsa.ts';

/** How the time-stamp server answers. */
export type TsaBehaviour =
  | 'honest' | 'wrong-imprint' | 'wrong-nonce' | 'no-nonce' | 'replayed' | 'foreign-certificate' | 'signer-certificate' | 'bad-signature'
  | 'rejected' | 'wrong-time' | 'garbage' | 'endless' | 'hanging' | 'slow-body' | 'server-error' | 'redirect' | 'large-token';
/** How responder and list answer. */
export type RevocationBehaviour = 'honest' | 'stale' | 'garbage' | 'hanging' | 'endless' | 'server-error' | 'foreign-certificate' | 'other-certificate';

export interface TestServers {
  readonly tsaUrl: string;
  readonly ocspUrl: string;
  readonly crlUrl: string;
  /** May be changed at any time. */
  readonly behaviour: { tsa: TsaBehaviour; ocsp: RevocationBehaviour; crl: RevocationBehaviour };
  /** Requests so far. */
  readonly requests: { tsa: number; ocsp: number; crl: number };
  close(): Promise<void>;
}

export interface TestServersOptions {
  readonly now: Now;
  readonly revoked?: Revoked;
  /** Another trust, for the behaviours that answer under a foreign certificate. */
  readonly foreign?: TestTrust;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const REQUEST_BYTES_MAX = 64 * 1024;

/** Time-stamp authority, OCSP responder and revocation list over HTTP on the loopback interface, for tests of clients; they can be made to lie. */
export async function startTestServers(trust: TestTrust, options: TestServersOptions): Promise<TestServers> {
  const behaviour: TestServers['behaviour'] = { tsa: 'honest', ocsp: 'honest', crl: 'honest' };
  const requests = { tsa: 0, ocsp: 0, crl: 0 };
  const stamps = new Stamps(trust, options);
  const revocation = new Revocation(trust, options);
  const server = createServer((request, response) => {
    const path = request.url?.slice(1).split('.')[0];
    if (path !== 'tsa' && path !== 'ocsp' && path !== 'crl') return void response.writeHead(404).end();
    requests[path]++;
    const answer = path === 'tsa' ? (body: Buffer) => stamps.answer(body, behaviour.tsa) : path === 'ocsp' ? (body: Buffer) => revocation.ocsp(body, behaviour.ocsp) : () => revocation.crl(behaviour.crl);
    respond(request, response, behaviour[path], answer).catch(() => response.destroy());
  });
  const url = await listen(server);
  return {
    tsaUrl: `${url}/tsa`,
    ocspUrl: `${url}/ocsp`,
    crlUrl: `${url}/crl.crl`,
    behaviour,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

async function respond(request: IncomingMessage, response: ServerResponse, behaviour: TsaBehaviour | RevocationBehaviour, answer: (body: Buffer) => Buffer): Promise<void> {
  const body = await bodyOf(request);
  if (behaviour === 'hanging') return;
  if (behaviour === 'server-error') return void response.writeHead(503).end('down');
  if (behaviour === 'redirect') return void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  if (behaviour === 'garbage') return void response.end('<html>Please log in</html>');
  if (behaviour === 'endless') return endless(response);
  const bytes = answer(body);
  if (behaviour !== 'slow-body') return void response.end(bytes);
  response.writeHead(200, { 'content-length': bytes.length });
  response.write(bytes.subarray(0, 1));
}

/** Zeros for as long as somebody reads them. */
function endless(response: ServerResponse): void {
  const chunk = Buffer.alloc(64 * 1024);
  const pump = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pump);
  pump();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > REQUEST_BYTES_MAX) throw new Error('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

class Stamps {
  readonly #trust: TestTrust;
  readonly #options: TestServersOptions;
  #last: Buffer | undefined;

  constructor(trust: TestTrust, options: TestServersOptions) {
    this.#trust = trust;
    this.#options = options;
  }

  answer(request: Buffer, behaviour: TsaBehaviour): Buffer {
    if (behaviour === 'rejected') return sequence(sequence(smallInteger(2), sequence(tagged(0x0c, Buffer.from('quota used up')))));
    if (behaviour === 'replayed' && this.#last) return granted(this.#last);
    const [, imprint, nonce] = childrenOf(readDer(request));
    const digest = imprint && childrenOf(imprint)[1]?.content;
    if (!digest || !nonce) throw new Error('The request lacks an imprint or a nonce.');
    const now = tell(this.#options.now).getTime();
    const token = timestampToken(behaviour === 'foreign-certificate' ? (this.#options.foreign ?? this.#trust) : this.#trust, {
      imprint: behaviour === 'wrong-imprint' ? Buffer.alloc(32, 1) : digest,
      genTime: new Date(behaviour === 'wrong-time' ? now - DAY_MS / 2 : now),
      nonce: behaviour === 'no-nonce' ? undefined : behaviour === 'wrong-nonce' ? Buffer.alloc(16, 1) : nonce.content,
      ...(behaviour === 'signer-certificate' ? { by: this.#seal() } : {}),
      ...(behaviour === 'large-token' ? { padding: 16 * 1024 } : {}),
    });
    // The last byte is the last of the signature value.
    if (behaviour === 'bad-signature') token[token.length - 1] = (token.at(-1) ?? 0) ^ 0x01;
    this.#last = token;
    return granted(token);
  }

  #seal(): CertifiedKey {
    return { certificate: this.#trust.seal, key: this.#trust.sealKey };
  }
}

const granted = (token: Buffer): Buffer => sequence(sequence(smallInteger(0)), token);

class Revocation {
  readonly #trust: TestTrust;
  readonly #options: TestServersOptions;

  constructor(trust: TestTrust, options: TestServersOptions) {
    this.#trust = trust;
    this.#options = options;
  }

  ocsp(request: Buffer, behaviour: RevocationBehaviour): Buffer {
    const [tbs] = childrenOf(readDer(request));
    const list = tbs && childrenOf(tbs).find(({ tag }) => tag === 0x30);
    const [single] = list ? childrenOf(list) : [];
    const id = single && childrenOf(single)[0]?.bytes;
    if (!id) throw new Error('The request names no certificate.');
    return ocspResponse(this.#responder(behaviour, id), behaviour === 'other-certificate' ? otherThan(id) : id, this.#at(behaviour), this.#options.revoked ?? new Map());
  }

  crl(behaviour: RevocationBehaviour): Buffer {
    const by = behaviour === 'foreign-certificate' ? (this.#options.foreign ?? this.#trust) : this.#trust;
    return testCrl(by, this.#at(behaviour), this.#options.revoked);
  }

  #at(behaviour: RevocationBehaviour): Date {
    return new Date(tell(this.#options.now).getTime() - (behaviour === 'stale' ? DAY_MS : 0));
  }

  #responder(behaviour: RevocationBehaviour, id: Buffer): CertifiedKey {
    if (behaviour === 'foreign-certificate' && this.#options.foreign) return this.#options.foreign.ocsp;
    return this.#trust.rootOcsp && isIssuedBy(this.#trust.root, id) ? this.#trust.rootOcsp : this.#trust.ocsp;
  }
}

function otherThan(id: Buffer): Buffer {
  const [hash, name, key] = childrenOf(readDer(id)).map(({ bytes }) => bytes);
  return sequence(...[hash, name, key].flatMap((part) => part ?? []), smallInteger(1));
}

function isIssuedBy(issuer: Uint8Array, id: Buffer): boolean {
  return id.includes(octetString(certificateParts(issuer).keyHash));
}
