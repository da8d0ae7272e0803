import { runSubgraph } from '@buffrsign/kernel';
import { email } from './subgraph.ts';

await runSubgraph(email);
