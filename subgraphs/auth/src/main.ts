import { runSubgraph } from '@buffrsign/kernel';
import { auth } from './subgraph.ts';

await runSubgraph(auth);
