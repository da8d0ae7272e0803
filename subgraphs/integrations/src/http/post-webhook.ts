import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import type { WebhookAttemptOutcome } from '../__generated__/prisma/client.ts';
import type { UrlRules } from '../domain/endpoint-url.ts';
import { findAddresses } from './find-addresses.ts';
import type { ResolveHost } from './resolve-host.ts';

/** What came of one attempt. */
export interface AttemptResult {
  readonly outcome: WebhookAttemptOutcome;
  readonly status: number | null;
  /** What happened, in a plain sentence. */
  readonly message: string;
  /** How long the endpoint asks us to wait. */
  readonly retryAfterSeconds: number | null;
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostOptions {
  readonly rules: UrlRules;
  readonly resolveHost: ResolveHost;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

const failed = (outcome: WebhookAttemptOutcome, message: string): AttemptResult => ({ outcome, status: null, message, retryAfterSeconds: null });

/** Answers every question for an address with those that were judged. */
const pinnedTo =
  (addresses: readonly string[]): LookupFunction =>
  (_host, options, answer) => {
    const known = addresses.map((address) => ({ address, family: isIP(address) }));
    if (options.all) answer(null, known);
    else answer(null, known[0]!.address, known[0]!.family);
  };

const secondsOf = (header: string | string[] | undefined): number | null => (typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : null);

const postTo = async (addresses: readonly string[], { url, headers, body }: Post, signal: AbortSignal): Promise<AttemptResult> => {
  const agent = new Agent({ connect: { lookup: pinnedTo(addresses) } });
  try {
    const answer = await request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'user-agent': 'BuffrSign-Webhooks/1', ...headers }, body, dispatcher: agent, signal });
    // Only the status counts; what else the endpoint says is not read, however much it is.
    answer.body.on('error', () => undefined).destroy();
    const accepted = answer.statusCode >= 200 && answer.statusCode <= 299;
    const message = accepted ? 'The endpoint accepted the message.' : `The endpoint answered ${answer.statusCode}; only 200 to 299 count as accepted.`;
    return { outcome: accepted ? 'ACCEPTED' : 'REJECTED', status: answer.statusCode, message, retryAfterSeconds: secondsOf(answer.headers['retry-after']) };
  } finally {
    await agent.destroy();
  }
};

/** Rejects when the time is over; a question for a name cannot be called back. */
const timeOver = (signal: AbortSignal): Promise<never> => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));

/** Posts a message once, to an address that was judged and to no other, following no redirect. Never throws. */
export const postWebhook = async (post: Post, { rules, resolveHost, timeoutMs = TIMEOUT_MS }: PostOptions): Promise<AttemptResult> => {
  const signal = AbortSignal.timeout(timeoutMs);
  const attempt = async (): Promise<AttemptResult> => {
    const found = await findAddresses(new URL(post.url), rules, resolveHost);
    return 'addresses' in found ? postTo(found.addresses, post, signal) : failed('ADDRESS_REFUSED', found.reason);
  };
  try {
    return await Promise.race([attempt(), timeOver(signal)]);
  } catch (error) {
    if (signal.aborted) return failed('TIMED_OUT', `The endpoint did not answer within ${timeoutMs / 1_000} seconds.`);
    const code = (error as NodeJS.ErrnoException).code;
    return failed('UNREACHABLE', `The endpoint could not be reached${code ? ` (${code})` : ''}.`);
  }
};
