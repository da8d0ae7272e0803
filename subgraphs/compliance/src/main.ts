import { runSubgraph } from '@buffrsign/kernel';
import { compliance } from './subgraph.ts';

await runSubgraph(compliance);
