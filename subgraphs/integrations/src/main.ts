import { runSubgraph } from '@buffrsign/kernel';
import { integrations } from './subgraph.ts';

await runSubgraph(integrations);
