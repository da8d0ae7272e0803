import { anonymous, unknownClient } from '@buffrsign/kernel/gateway';
import { describe, expect, it } from 'vitest';
import { compilePlan } from '../src/execute/plan.ts';
import type { Run, Source } from '../src/execute/run.ts';
import { fetchesOf, stageOf, type Stage } from '../src/execute/stages.ts';
import type { FetchNode, PlanNode } from '../src/federation/apollo.ts';

const key: NonNullable<FetchNode['requires']> = [{ kind: 'InlineFragment', typeCondition: 'Person', selections: [{ kind: 'Field', name: '__typename' }, { kind: 'Field', name: 'id' }] }];

let names = 0;
const entities = (fields: string, serviceName = 'people'): FetchNode => {
  const operationName = `Asked__${serviceName}__${(names += 1)}`;
  return { kind: 'Fetch', serviceName, operationKind: 'query' as FetchNode['operationKind'], operationName, operation: `query ${operationName}($representations:[_Any!]!){_entities(representations:$representations){...on Person{${fields}}}}`, requires: key };
};
const at = (path: string, node: FetchNode): PlanNode => ({ kind: 'Flatten', path: path.split('.'), node });
const sequence = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes });
const parallel = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes });

/** A stage as a text: `people at a, b`. */
const told = (stage: Stage): string => {
  if (stage.kind === 'Fetch') return `${stage.node.serviceName} at ${stage.paths.map((path) => path.join('.')).join(', ')}`;
  return stage.kind === 'Condition' ? `if ${stage.variable}: ${told(stage.met)}` : `${stage.kind}(${stage.stages.map(told).join('; ')})`;
};

describe('what a plan asks in the same words at the same time', () => {
  it('is one fetch for all its paths', () => {
    expect(told(stageOf(parallel(at('a', entities('name')), at('b', entities('nick')), at('c.@', entities('name')))))).toBe('Parallel(people at a, c.@; people at b)');
    expect(told(stageOf(parallel(at('a', entities('name')), at('b', entities('name')))))).toBe('people at a, b');
  });

  it('is one chain of fetches where one follows the other in the same way', () => {
    const chain = (path: string): PlanNode => sequence(at(path, entities('price', 'wares')), at(path, entities('estimate', 'stock')));
    expect(told(stageOf(parallel(chain('a'), at('a', entities('price', 'wares')), chain('b'))))).toBe('Parallel(Sequence(wares at a, b; stock at a, b); wares at a)');
  });

  it('is left as it is where something else is to be asked, decided or done beside it', () => {
    const root: PlanNode = { kind: 'Fetch', serviceName: 'people', operationKind: 'query' as FetchNode['operationKind'], operationName: undefined, operation: '{me{name}}' };
    const condition: PlanNode = { kind: 'Condition', condition: 'x', ifClause: at('a', entities('name')) };
    expect(told(stageOf(parallel(root, root)))).toBe('Parallel(people at ; people at )');
    expect(told(stageOf(parallel(condition, at('b', entities('name')), at('c', entities('name', 'others')))))).toBe('Parallel(if x: people at a; people at b; others at c)');
    expect(told(stageOf(parallel(at('a', entities('name')), at('b', { ...entities('name'), requires: [] }))))).toBe('Parallel(people at a; people at b)');
  });

  it('has all the fetches of the plan', () => {
    expect(fetchesOf(stageOf(sequence(at('a', entities('name')), parallel(at('b', entities('name')), at('c', entities('name'))))))).toHaveLength(2);
  });
});

describe('one fetch for several paths', () => {
  const me = (id: string) => ({ __typename: 'Person', id });
  const start = (root: Record<string, unknown>, source: Source): Run => ({ root, sources: { people: source }, variables: {}, coerced: {}, context: { actor: anonymous, client: unknownClient, requestId: 'req_1', signal: new AbortController().signal }, errors: [], isShared: false });

  it('asks for an entity that stands at several of them once, and tells of its error at each', async () => {
    const asked: unknown[] = [];
    const run = start({ a: me('1'), b: [me('2'), me('1')] }, async (_request, variables) => {
      asked.push(variables['representations']);
      return { data: { _entities: [null, { name: 'Bea' }] }, errors: [{ message: 'No.', path: ['_entities', 0, 'name'], extensions: {} } as never] };
    });
    await compilePlan({ kind: 'QueryPlan', node: parallel(at('a', entities('name')), at('b.@', entities('name'))) }, () => new Set(['Person'])).carryOut(run);
    expect(asked).toEqual([[me('1'), me('2')]]);
    expect(run.root).toEqual({ a: me('1'), b: [{ ...me('2'), name: 'Bea' }, me('1')] });
    expect(run.errors.map(({ path }) => path)).toEqual([['a', 'name'], ['b', 1, 'name']]);
  });

  it('gives each path objects of its own, which later fetches may fill in otherwise', async () => {
    const run = start({ a: me('1'), b: me('1') }, async ({ query }) => ({ data: { _entities: [query.includes('friend') ? { friend: me('2') } : { x: 'only at a' }] } }));
    await compilePlan({ kind: 'QueryPlan', node: sequence(parallel(at('a', entities('friend{__typename id}')), at('b', entities('friend{__typename id}'))), at('a.friend', entities('x:name'))) }, () => new Set(['Person'])).carryOut(run);
    expect(run.root).toEqual({ a: { ...me('1'), friend: { ...me('2'), x: 'only at a' } }, b: { ...me('1'), friend: me('2') } });
  });

  it('that cannot be made is told of where there was something to ask for', async () => {
    const run = start({ a: me('1'), b: null, c: { __typename: 'Other' } }, () => Promise.reject(new Error('away')));
    await compilePlan({ kind: 'QueryPlan', node: parallel(at('a', entities('name')), at('b', entities('name')), at('c', entities('name'))) }, () => new Set(['Person'])).carryOut(run);
    expect(run.errors.map(({ path }) => path)).toEqual([['a']]);
  });
});
