import { runSubgraph } from '@buffrsign/kernel';
import { workflow } from './subgraph.ts';

await runSubgraph(workflow);
