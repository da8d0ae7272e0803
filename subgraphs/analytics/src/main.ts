import { runSubgraph } from '@buffrsign/kernel';
import { analytics } from './subgraph.ts';

await runSubgraph(analytics);
