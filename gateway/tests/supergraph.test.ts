import { composeServices } from '@apollo/composition';
import { createLogger } from '@buffrsign/kernel/gateway';
import { parse } from 'graphql';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../src/index.ts';
import { loadSupergraph } from '../src/supergraph.ts';
import { SECRET } from './support/subgraph.ts';
import { compose } from './support/toys.ts';

const composeOne = (link: string, typeDefs: string): string => {
  const { supergraphSdl, errors } = composeServices([{ name: 'one', url: 'http://one', typeDefs: parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${link}]) ${typeDefs}`) }]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
};

describe('a supergraph', () => {
  it('is refused when it asks for policies, which nothing here would enforce', () => {
    const sdl = composeOne('"@policy"', 'type Query { a: Int @policy(policies: [["p"]]) }');
    expect(() => loadSupergraph(sdl)).toThrow(/policy/);
  });

  it('is refused when it calls a protecting directive by another name', () => {
    const sdl = composeOne('{ name: "@authenticated", as: "@signedIn" }', 'type Query { a: Int @signedIn }');
    expect(() => loadSupergraph(sdl)).toThrow(/@signedIn/);
  });

  it('is refused in words when it is none', () => {
    expect(() => loadSupergraph('type Query { a: Int }')).toThrow(/cannot be served/);
    expect(() => loadSupergraph('no schema')).toThrow(/cannot be served/);
  });

  it('is not served while a subgraph has neither transport nor address', async () => {
    const starting = startGateway({ supergraphSdl: compose(), issuers: [], actorTokenSecret: SECRET, port: 0, log: createLogger('gateway', 'silent') });
    await expect(starting).rejects.toThrow('The subgraph "things" has no address. Set THINGS_URL');
  });

  it('is planned by one version of the federation packages only', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const { stdout } = await promisify(execFile)('npm', ['ls', '@apollo/federation-internals', '--all', '--parseable', '--long'], { cwd: root });
    const versions = new Set([...stdout.matchAll(/@apollo\/federation-internals@([\d.]+)/g)].map((match) => match[1]));
    const places = new Set([...stdout.matchAll(/^([^:\n]+federation-internals):/gm)].map((match) => match[1]));
    expect([versions.size, places.size]).toEqual([1, 1]);
  });
});
