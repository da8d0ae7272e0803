import { z } from 'zod';
import { Problem } from '../errors/problem.ts';
import { createDirectory, type ServiceDirectory, type Sighting } from './directory.ts';

/** A part of the platform and where it answers. */
export interface ServiceAddress {
  readonly name: string;
  /** `http://host:port`. */
  readonly url: string;
}

const PATIENCE_MS = 2_000;
/** Longer than anything that a part says of itself. */
const MOST_CHARACTERS = 16_384;

const answerModel = z.object({ version: z.string().max(100).nullish(), since: z.iso.datetime().transform((text) => new Date(text)).optional(), notReady: z.array(z.string().max(500)).max(50).default([]) });

const unreachable = (why: string): Sighting => ({ status: 'UNREACHABLE', version: null, since: undefined, details: [why] });

const look = async ({ url }: ServiceAddress): Promise<Sighting> => {
  try {
    const response = await fetch(new URL('/health/ready', url), { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    const { version, since, notReady } = answerModel.parse(JSON.parse(text.slice(0, MOST_CHARACTERS)));
    return { status: response.ok ? 'READY' : 'NOT_READY', version: version ?? null, since, details: notReady };
  } catch (error) {
    // Why exactly is for the log of that part; an error of the network would name its address.
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    return unreachable(late ? `It did not answer within ${PATIENCE_MS / 1_000} seconds.` : 'It does not answer, or what answers in its place is something else.');
  }
};

/** The parts across the network, at the addresses that the environment names and at no others. */
export const createHttpDirectory = (addresses: readonly ServiceAddress[], now: () => Date): ServiceDirectory => {
  const directory = createDirectory(async () => new Map(await Promise.all(addresses.map(async (address) => [address.name, await look(address)] as const))), now);
  if (addresses.length > 0) return directory;
  return { statuses: () => Promise.reject(new Problem('UNAVAILABLE', { message: 'Nobody told this platform where its parts are. Its operator sets SERVICE_URLS.' })) };
};
