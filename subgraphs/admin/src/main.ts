import { runSubgraph } from '@buffrsign/kernel';
import { admin } from './subgraph.ts';

await runSubgraph(admin);
