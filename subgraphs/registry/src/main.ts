import { runSubgraph } from '@buffrsign/kernel';
import { registry } from './subgraph.ts';

await runSubgraph(registry);
