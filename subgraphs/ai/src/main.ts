import { runSubgraph } from '@buffrsign/kernel';
import { ai } from './subgraph.ts';

await runSubgraph(ai);
