import { runSubgraph } from '@buffrsign/kernel';
import { kyc } from './subgraph.ts';

await runSubgraph(kyc);
