import { anonymous, type Actor } from '@buffrsign/kernel/gateway';
import { describe, expect, it } from 'vitest';
import { blog } from './blog.ts';
import { ABSTRACT, ACTS, CONDITIONS, FIELDS, FRAGMENTS, NULLS, OPEN_INTERFACES, TYPES, type Case } from './cases.ts';
import { startWorld } from './world.ts';

const user = (...scopes: string[]): Actor => ({ kind: 'user', id: 'u1', organizationId: 'o1', scopes });

const directives = [
  { name: '@authenticated', guard: '@authenticated', outsider: anonymous, insider: user() },
  { name: '@requiresScopes', guard: '@requiresScopes(scopes: [["guarded"]])', outsider: user('another'), insider: user('guarded') },
  { name: '@policy', guard: '@policy(policies: [["guarded"]])', outsider: user('guarded'), insider: user('holds') },
];

/** The supergraph with nothing demanded by its interfaces. */
const openInterfaces = (sdl: string): string => sdl.replace(/^interface [^{]+/gm, (head) => head.replace(/\n\s*@(authenticated|requiresScopes\(.*\)|policy\(.*\))/g, ''));

interface Part {
  readonly part: string;
  readonly cases: readonly Case[];
  readonly edit?: (supergraphSdl: string) => string;
}

const parts: readonly Part[] = [
  { part: 'fields', cases: FIELDS },
  { part: 'nulls', cases: NULLS },
  { part: 'types', cases: TYPES },
  { part: 'interfaces and unions', cases: ABSTRACT },
  { part: 'interfaces that carry no demand of their types', cases: OPEN_INTERFACES, edit: openInterfaces },
  { part: 'fragments', cases: FRAGMENTS },
  { part: 'conditions', cases: CONDITIONS },
  { part: 'mutations and subscriptions', cases: ACTS },
];

describe.each(directives)('$name', ({ guard, outsider, insider }) => {
  describe.each(parts)('$part:', ({ cases, edit }) => {
    const world = startWorld(blog(guard), async (_names, actor) => new Set(actor.kind === 'user' && actor.scopes.includes('holds') ? ['guarded'] : []), edit);

    it.each(cases)('$guarantee', async ({ query, variables, data, refused, neverSent = [] }) => {
      const result = await world.ask(query, outsider, variables);
      expect(JSON.parse(JSON.stringify(result.data))).toEqual(data);
      expect(result.errors?.map(({ path }) => path) ?? []).toEqual(refused);
      for (const { extensions } of result.errors ?? []) expect(extensions['code']).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
      for (const word of neverSent) expect(world.sent()).not.toMatch(new RegExp(`\\b${word}\\b`));
    });

    it.each(cases)('who may have it gets it where $guarantee', async ({ query, variables }) => {
      const { data, errors } = await world.ask(query, insider, variables);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).not.toContain('null');
    });
  });
});
