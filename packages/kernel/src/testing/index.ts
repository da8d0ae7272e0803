/** What tests of subgraphs stand on: real databases cloned from templates, actors, conditions instead of pauses. */
export { aGuest, aStranger, aUser, anonymous } from './actors.ts';
export { createTestDatabase, type TestDatabase } from './database.ts';
export { startTestSubgraph, testSecrets, type TestSubgraph } from './subgraph.ts';
export { openWay, type Way } from './way.ts';
export { until } from './until.ts';
