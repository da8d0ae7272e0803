import type { Logger, SubgraphTransport } from '@buffrsign/kernel/gateway';
import { SupergraphError } from '../supergraph.ts';
import { createHttpTransport, type HttpTransport } from './http.ts';

export interface Subgraphs {
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  /** Those across a network, and whether each is left alone because it did not answer. */
  breakers(): Iterable<readonly [name: string, isOpen: boolean]>;
  /** Closes what was opened here; transports that were given belong to who gave them. */
  close(): Promise<void>;
}

interface Given {
  readonly transports?: Readonly<Record<string, SubgraphTransport>>;
  readonly subgraphUrls?: Readonly<Record<string, string>>;
  readonly actorTokenSecret: string;
  readonly log: Logger;
}

/**
 * One transport for each subgraph of the supergraph: the given one, or HTTP to its address.
 *
 * @throws SupergraphError that names a subgraph with neither.
 */
export const connectSubgraphs = (subgraphs: readonly { readonly name: string; readonly url: string }[], given: Given): Subgraphs => {
  const opened = new Map<string, HttpTransport>();
  const connect = (name: string, written: string): SubgraphTransport => {
    const url = given.subgraphUrls?.[name] ?? written;
    if (!URL.canParse(url)) throw new SupergraphError(`The subgraph "${name}" has no address${url ? ` ("${url}" is none)` : ''}. Set ${name.toUpperCase().replaceAll('-', '_')}_URL, or write its url when composing.`);
    const transport = createHttpTransport({ name, url, actorTokenSecret: given.actorTokenSecret, log: given.log });
    opened.set(name, transport);
    return transport;
  };
  const transports = Object.fromEntries(subgraphs.map(({ name, url }) => [name, given.transports?.[name] ?? connect(name, url)]));
  return {
    transports,
    breakers: () => [...opened].map(([name, transport]) => [name, transport.isResting()] as const),
    close: async () => void (await Promise.all([...opened.values()].map((transport) => transport.close()))),
  };
};
