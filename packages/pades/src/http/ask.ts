/** The part of the global `fetch` that the clients need; another may be given, for a proxy or for tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Question {
  readonly url: string;
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole exchange, the body included. */
  readonly timeoutMs: number;
  /** Larger answers are cut off and refused. */
  readonly bytesMax: number;
  readonly fetch: Fetch;
}

/** Why there is no answer, in words that may be shown. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** One exchange over HTTP, bounded in time and size. Redirects are not followed: where to ask was configured or certified. */
export async function ask({ url, body, headers = {}, timeoutMs, bytesMax, fetch }: Question): Promise<Buffer> {
  if (!/^https?:\/\//i.test(url)) throw new NoAnswer('it has no http address');
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new NoAnswer(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    const method = body ? { method: 'POST', body: Buffer.from(body) } : { method: 'GET' };
    const response = await fetch(url, { ...method, headers, redirect: 'error', signal: limit.signal });
    if (!response.ok) {
      await response.body?.cancel();
      throw new NoAnswer(`HTTP status ${response.status}`);
    }
    return await bodyOf(response, bytesMax);
  } catch (cause) {
    if (cause instanceof NoAnswer) throw cause;
    if (limit.signal.aborted) throw limit.signal.reason;
    throw new NoAnswer(reasonOf(cause), { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function bodyOf(response: Response, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop closes the connection.
    if (length > bytesMax) throw new NoAnswer(`the answer is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `fetch` says only "fetch failed"; what failed is in the cause. */
function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return 'the exchange failed';
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : undefined;
  return code ?? (inner.message || 'the exchange failed');
}
