import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { contributionsOf } from '../entities.ts';
import { probes, type NamedProbe } from '../probes/index.ts';

export const api = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const supergraph = readFileSync('schema/supergraph.graphql', 'utf8');
/** The API again, with what it demands of whom. */
export const schema = buildSchema(supergraph, { assumeValid: true });
export const contributions = contributionsOf(supergraph);

export const asked = (kind: string): readonly NamedProbe[] => probes.filter(({ path }) => path.startsWith(kind));
export const [queries, mutations] = [asked('Query.'), asked('Mutation.')];
export const figures = queries.filter(({ answer }) => answer === 'counts');

/** What is among some and not among others, each once. */
export const difference = (some: readonly string[], others: readonly string[]): readonly string[] => [...new Set(some)].filter((one) => !others.includes(one));
