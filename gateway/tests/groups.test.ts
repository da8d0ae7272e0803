import { describe, expect, it } from 'vitest';
import { compileGroupEqual } from '../src/execute/groups.ts';
import type { Data } from '../src/execute/data.ts';
import type { QueryPlanSelectionNode } from '../src/federation/apollo.ts';

const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({ kind: 'Field', name, ...(selections && { selections }) });
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({ kind: 'InlineFragment', typeCondition, selections });

/** The entities in groups, each entity by its number. */
const groupsOf = (selections: readonly QueryPlanSelectionNode[], entities: readonly Data[], isOfUse: (entity: Data) => boolean = () => true): number[][] => {
  const groups: Data[][] = [];
  compileGroupEqual(selections)(entities, (first) => {
    if (!isOfUse(first)) return undefined;
    groups.push([first]);
    return groups.at(-1);
  });
  return groups.map((group) => group.map((entity) => entities.indexOf(entity)));
};

describe('entities of which a subgraph is told the same', () => {
  const key = [on('Thing', field('__typename'), field('id'))];

  it('are put together, in the order in which they come', () => {
    const entities = ['1', '2', '1', '3', '2', '1'].map((id) => ({ __typename: 'Thing', id }));
    expect(groupsOf(key, entities)).toEqual([[0, 2, 5], [1, 4], [3]]);
  });

  it('are of one type, whatever else they have in common', () => {
    const entities = [{ __typename: 'Thing', id: '1' }, { __typename: 'Other', id: '1' }, { id: '1' }];
    expect(groupsOf([on('Thing', field('id')), on('Other', field('id'))], entities)).toEqual([[0], [1], [2]]);
  });

  it('do not differ in what they are not asked for', () => {
    expect(groupsOf(key, [{ __typename: 'Thing', id: '1', name: 'a' }, { __typename: 'Thing', id: '1', name: 'b' }])).toEqual([[0, 1]]);
  });

  it('are not those that only read alike', () => {
    const values: unknown[] = ['1', 1, true, 'true', null, 'null', undefined, '{"a":1}', { a: 1 }, ['a'], '["a"]'];
    expect(groupsOf([field('value')], values.map((value) => ({ value })))).toEqual(values.map((_, index) => [index]));
    expect(groupsOf([field('a'), field('b')], [{ a: 'x', b: 'yz' }, { a: 'xy', b: 'z' }])).toEqual([[0], [1]]);
  });

  it('are those with equal objects, of a scalar or inside of a key', () => {
    expect(groupsOf([field('value')], [{ value: { a: [1] } }, { value: { a: [1] } }, { value: { a: [2] } }])).toEqual([[0, 1], [2]]);
    const owner = [field('owner', [field('id'), field('tags')])];
    const owners: unknown[] = [{ id: '1', tags: ['a'] }, { id: '1', tags: ['a'], name: 'not asked for' }, { id: '1', tags: ['b'] }, { id: '1:', tags: ['a'] }, null, [{ id: '1', tags: ['a'] }]];
    expect(groupsOf(owner, owners.map((each) => ({ owner: each })))).toEqual([[0, 1], [2], [3], [4], [5]]);
  });

  it('may have names that every object inherits', () => {
    expect(groupsOf([field('constructor')], [{}, {}, { constructor: 'a' }])).toEqual([[0, 1], [2]]);
  });

  it('are left out together where the first is of no use', () => {
    const entities = [{ id: '1' }, { id: '2' }, { id: '1' }];
    expect(groupsOf([field('id')], entities, ({ id }) => id !== '1')).toEqual([[1]]);
  });
});
