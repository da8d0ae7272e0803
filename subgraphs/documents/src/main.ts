import { runSubgraph } from '@buffrsign/kernel';
import { documents } from './subgraph.ts';

await runSubgraph(documents);
