import type { Logger, SubgraphTransport } from '@buffrsign/kernel/gateway';
import { SupergraphError } from '../supergraph.ts';
import { createHttpTransport, type HttpTransport } from './http.ts';

/** A subgraph and where it is; its address is empty where the supergraph has none. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
}

/** The ways to the subgraphs of one supergraph. */
export interface Connected {
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  /** Closes those that no other supergraph goes by. */
  release(): Promise<void>;
}

/** The ways to subgraphs, shared between supergraphs that name the same ones at the same addresses. */
export interface Connections {
  /** The address of each as it is meant, in place of the one in the supergraph. @throws SupergraphError that names one without. */
  addressesOf(subgraphs: readonly Subgraph[]): readonly Subgraph[];
  /** One transport for each subgraph, at the address that is given here: the given one, or HTTP. */
  connect(addressed: readonly Subgraph[]): Connected;
  /** Those across a network, and whether each is left alone because it did not answer. */
  breakers(): Iterable<readonly [name: string, isOpen: boolean]>;
}

/** Addresses of subgraphs by name: those that are known, or asked for when a supergraph is loaded. */
export type SubgraphUrls = Readonly<Record<string, string>> | ((names: readonly string[]) => Readonly<Record<string, string>>);

interface Given {
  readonly transports?: Readonly<Record<string, SubgraphTransport>>;
  readonly subgraphUrls?: SubgraphUrls;
  readonly actorTokenSecret: string;
  readonly log: Logger;
}

interface Shared {
  readonly name: string;
  readonly transport: HttpTransport;
  users: number;
}

/** The setting that holds the address of a subgraph: `AUTH_URL`. */
export const urlSettingOf = (name: string): string => `${name.toUpperCase().replaceAll('-', '_')}_URL`;

const isAddress = (url: string): boolean => /^https?:$/.test(URL.parse(url)?.protocol ?? '');

export const createConnections = ({ transports: given = {}, subgraphUrls = {}, actorTokenSecret, log }: Given): Connections => {
  const shared = new Map<string, Shared>();

  const take = ({ name, url }: Subgraph): { transport: SubgraphTransport; release(): Promise<void> } => {
    const key = `${name} ${url}`;
    const one = shared.get(key) ?? { name, transport: createHttpTransport({ name, url, actorTokenSecret, log }), users: 0 };
    shared.set(key, one);
    one.users += 1;
    return {
      transport: one.transport,
      async release() {
        one.users -= 1;
        if (one.users > 0) return;
        shared.delete(key);
        await one.transport.close();
      },
    };
  };

  return {
    addressesOf(subgraphs) {
      const names = subgraphs.map(({ name }) => name);
      const urls = typeof subgraphUrls === 'function' ? subgraphUrls(names) : subgraphUrls;
      return subgraphs.map(({ name, url: written }) => {
        const url = urls[name] ?? written;
        if (!given[name] && !isAddress(url)) throw new SupergraphError(`The subgraph "${name}" has no address${url ? `: "${url}" is none` : ''}. Set ${urlSettingOf(name)} to one of the form http://host:port, or write its url when composing.`);
        return { name, url };
      });
    },
    connect(addressed) {
      const taken = addressed.filter(({ name }) => !given[name]).map((subgraph) => ({ name: subgraph.name, ...take(subgraph) }));
      const own = Object.fromEntries(taken.map(({ name, transport }) => [name, transport]));
      return {
        transports: Object.fromEntries(addressed.map(({ name }) => [name, given[name] ?? own[name]!])),
        release: async () => void (await Promise.all(taken.map(({ release }) => release()))),
      };
    },
    breakers: () => Array.from(shared.values(), ({ name, transport }) => [name, transport.isResting()] as const),
  };
};
