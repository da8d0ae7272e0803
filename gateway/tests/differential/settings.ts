import { readFileSync } from 'node:fs';

/**
 * Operations a graph, and where chance begins: DIFFERENTIAL_COUNT=5000 DIFFERENTIAL_SEED=two npm test -- gateway/tests/differential.
 * Where subgraphs are compared one by one, as many for each of a toy, and a part of that for each of the platform.
 */
export const COUNT = Number(process.env['DIFFERENTIAL_COUNT'] ?? 350);
export const SEED = process.env['DIFFERENTIAL_SEED'] ?? 'one';

/** The platform's own supergraph. */
export const real = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
