import { runSubgraph } from '@buffrsign/kernel';
import { notifications } from './subgraph.ts';

await runSubgraph(notifications);
