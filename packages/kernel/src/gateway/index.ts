/** What the gateway may use of the kernel: identity, errors, the way to subgraphs, life cycle. Nothing of data or facts. */
export { anonymous, scopesOf, type Actor, type Anonymous, type Guest, type User } from '../auth/actor.ts';
export { ACTOR_HEADER, mintActorToken } from '../auth/actor-token.ts';
export { unknownClient, USER_AGENT_CHARACTERS, type Client } from '../auth/client.ts';
export { createTokenVerifier, type TokenVerifier, type TrustedIssuer } from '../auth/token-verifier.ts';
export { demandsOf, satisfies, type Demand } from '../auth/demands.ts';
export { maskError } from '../errors/mask.ts';
export { Problem, problems, type ProblemCode } from '../errors/problem.ts';
export { newId } from '../data/ids.ts';
export { readCursor, writeCursor, type Cursor } from './cursor.ts';
export type { SubgraphRequest, SubgraphTransport } from './transport.ts';
export { EnvironmentError, processEnv, readEnv, type EnvSource } from '../runtime/env.ts';
export { run, type Part, type Phase, type Running } from '../runtime/lifecycle.ts';
export { createLogger, type Logger } from '../runtime/logger.ts';
export { systemClock, type Clock } from '../runtime/clock.ts';
export { PortTakenError, sendJson, serveHttp, type HttpServer, type Route } from '../http/serve.ts';
export { collectFields, type Collecting } from './collect-fields.ts';
export type { ConnectionLimits } from '../http/connections.ts';
