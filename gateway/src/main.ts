import { processEnv } from '@buffrsign/kernel/gateway';
import { runGateway } from './process.ts';
await runGateway(processEnv());
