import { runSubgraph } from '@buffrsign/kernel';
import { signatures } from './subgraph.ts';

await runSubgraph(signatures);
