import { lookup } from 'node:dns/promises';

/** The addresses that a name leads to now, in the order in which they would be tried. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export const resolveHost: ResolveHost = async (host) => (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);
