import { subgraphs, type SubgraphName } from '../../subgraphs/index.ts';

/** The port of a subgraph beside a gateway's: the fourteen after it, in the order of the list. */
export const portOf = (gatewayPort: number, name: SubgraphName): number => gatewayPort + 1 + subgraphs.findIndex((subgraph) => subgraph.name === name);
