/** What the embedded platform and the scripts use to put many subgraphs into one process. */
export { migrate } from './data/migrate.ts';
export { diffSchemas, type SchemaFile } from './data/schema-engine.ts';
export { newId } from './data/ids.ts';
export { createMemoryBus, type MemoryBus } from './messaging/memory-bus.ts';
export { createSubgraph, type AssembledSubgraph, type Ground } from './subgraph/create-subgraph.ts';
export { createLocalTransport } from './subgraph/execute.ts';
export { createLean, type Lean } from './subgraph/lean/execute.ts';
export { createServerPart } from './subgraph/serve-subgraph.ts';
export type { AnySubgraph } from './subgraph/define-subgraph.ts';
export { PortTakenError } from './http/serve.ts';
export { EnvironmentError, readKernelEnv, type EnvSource } from './runtime/env.ts';
export { systemClock } from './runtime/clock.ts';
export { run, type Part, type Running } from './runtime/lifecycle.ts';
export { createLogger, type Logger } from './runtime/logger.ts';
export { createHttpDirectory } from './health/http-directory.ts';
export { createLocalDirectory } from './health/local-directory.ts';
export { openTelemetry } from './telemetry/telemetry.ts';
