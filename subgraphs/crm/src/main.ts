import { runSubgraph } from '@buffrsign/kernel';
import { crm } from './subgraph.ts';

await runSubgraph(crm);
