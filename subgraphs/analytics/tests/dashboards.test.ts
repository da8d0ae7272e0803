import { aStranger, aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_WIDGETS } from '../src/domain/dashboard.ts';
import { analytics } from '../src/subgraph.ts';

const scopes = ['dashboards:read', 'dashboards:write', 'metrics:read'];
const owner = aUser(scopes);
const stranger = aStranger(scopes);
const start = () => startTestSubgraph(analytics);
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
});
afterAll(() => graph.stop());

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly widgets: readonly { readonly id: string; readonly title: string }[];
}
interface Outcome {
  readonly __typename: string;
  readonly dashboard: Shown;
  readonly widget: { readonly id: string; readonly title: string };
}

const DASHBOARD = 'id name kind createdBy { id } widgets { id title days metric { name } series { total points { value } } }';
const answers: Readonly<Record<string, string>> = {
  createDashboard: `... on CreateDashboardSuccess { dashboard { ${DASHBOARD} } } ... on InvalidInputError { issues { path } }`,
  updateDashboard: `... on UpdateDashboardSuccess { dashboard { ${DASHBOARD} } } ... on InvalidInputError { issues { path } }`,
  deleteDashboard: '... on DeleteDashboardSuccess { deletedDashboardId }',
  addWidget: `... on AddWidgetSuccess { dashboard { ${DASHBOARD} } widget { id title } } ... on InvalidInputError { issues { path } }`,
  updateWidget: '... on UpdateWidgetSuccess { widget { id title } } ... on InvalidInputError { issues { path } }',
  removeWidget: `... on RemoveWidgetSuccess { dashboard { ${DASHBOARD} } }`,
};
/** Runs one of the mutations and gives its outcome. */
const act = async (mutation: string, input: object, actor = owner) => {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const { data, errors } = await graph.as(actor)<Record<string, Outcome>>(`mutation ($input: ${type}) { ${mutation}(input: $input) { __typename ${answers[mutation]} } }`, { input });
  return { errors, ...(data?.[mutation] as Outcome) };
};
const aDashboard = async (name = 'Sales') => (await act('createDashboard', { name, kind: 'EXECUTIVE' })).dashboard;
const aWidget = (dashboardId: string, of: object = {}) => act('addWidget', { dashboardId, title: 'Sent', metric: 'envelopes.sent', days: 7, ...of });

describe('a dashboard', () => {
  test('shows its widgets in order, with what their metrics come to now', async () => {
    const { id } = await aDashboard();
    await graph.tools.db.metricPoint.create({ data: { organizationId: owner.organizationId, name: 'envelopes.sent', day: new Date(), value: 3, recordedAt: new Date() } });
    await aWidget(id);
    const { dashboard } = await aWidget(id, { title: 'Declined', metric: 'envelopes.declined' });
    expect(dashboard).toMatchObject({
      kind: 'EXECUTIVE',
      createdBy: { id: owner.id },
      widgets: [{ title: 'Sent', days: 7, metric: { name: 'envelopes.sent' }, series: { total: 3, points: { length: 7 } } }, { title: 'Declined', series: { total: 0 } }],
    });
  });

  test('is changed, also widget by widget, and what is left out stays', async () => {
    const { id } = await aDashboard();
    const { widget } = await aWidget(id);
    expect((await act('updateDashboard', { id, name: 'Board' })).dashboard).toMatchObject({ name: 'Board', kind: 'EXECUTIVE' });
    expect((await act('updateWidget', { id: widget.id, title: 'Out' })).widget).toEqual({ id: widget.id, title: 'Out' });
    expect((await act('removeWidget', { id: widget.id })).dashboard.widgets).toEqual([]);
    expect(await act('deleteDashboard', { id })).toMatchObject({ __typename: 'DeleteDashboardSuccess' });
    expect((await graph.as(owner)('query ($id: ID!) { dashboard(id: $id) { id } }', { id })).data).toEqual({ dashboard: null });
  });

  test('has twenty widgets at most, also when many are added at the same moment', async () => {
    const { id } = await aDashboard();
    const outcomes = await Promise.all(Array.from({ length: MAX_WIDGETS + 2 }, () => aWidget(id)));
    expect(outcomes.filter(({ __typename }) => __typename === 'DashboardFullError')).toHaveLength(2);
    expect(await graph.tools.db.widget.count({ where: { dashboardId: id } })).toBe(MAX_WIDGETS);
  });

  test.each([
    ['createDashboard', { name: ' ' }, 'InvalidInputError'],
    ['updateDashboard', { name: '' }, 'InvalidInputError'],
    ['addWidget', { title: 'x', metric: 'envelopes.sent', days: 0 }, 'InvalidInputError'],
    ['addWidget', { title: 'x', metric: 'envelopes.lost' }, 'UnknownMetricError'],
    ['updateWidget', { days: 5000 }, 'InvalidInputError'],
    ['updateWidget', { metric: 'envelopes.lost' }, 'UnknownMetricError'],
  ])('%s refuses %j', async (mutation, input, expected) => {
    const { id } = await aDashboard();
    const { widget } = await aWidget(id);
    const which = { createDashboard: {}, updateDashboard: { id }, addWidget: { dashboardId: id }, updateWidget: { id: widget.id } }[mutation];
    expect(await act(mutation, { ...which, ...input })).toMatchObject({ __typename: expected });
  });

  test('is not there for a member of another organization', async () => {
    const { id } = await aDashboard();
    const { widget } = await aWidget(id);
    const seen = await graph.as(stranger)('query ($id: ID!, $r: [_Any!]!) { dashboard(id: $id) { name } dashboards { edges { cursor } } _entities(representations: $r) { ... on Dashboard { name } } }', { id, r: [{ __typename: 'Dashboard', id }] });
    expect(seen).toEqual({ data: { dashboard: null, dashboards: { edges: [] }, _entities: [null] } });
    for (const [mutation, input] of [
      ['updateDashboard', { id, name: 'Mine' }],
      ['deleteDashboard', { id }],
      ['addWidget', { dashboardId: id, title: 'x', metric: 'envelopes.sent' }],
      ['updateWidget', { id: widget.id, title: 'x' }],
      ['removeWidget', { id: widget.id }],
    ] as const) {
      expect((await act(mutation, input, stranger)).errors?.[0]?.extensions, mutation).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test('is closed to a token without the scope', async () => {
    const without = await graph.as(aUser([]))('{ dashboards { edges { cursor } } }');
    expect(without.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    expect((await act('createDashboard', { name: 'x' }, aUser(['dashboards:read']))).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('shows itself without its figures to those who may not see figures', async () => {
    const { id } = await aDashboard();
    await aWidget(id);
    const reader = aUser(['dashboards:read'], { organizationId: owner.organizationId });
    const { data, errors } = await graph.as(reader)('query ($id: ID!) { dashboard(id: $id) { widgets { title series { total } metric { name series { total } } } } }', { id });
    expect(data).toEqual({ dashboard: { widgets: [{ title: 'Sent', series: null, metric: { name: 'envelopes.sent', series: null } }] } });
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE', 'UNAUTHORIZED_FIELD_OR_TYPE']);
  });

  test('costs three queries with widgets and series, however many are listed or referred to', async () => {
    const ids = await Promise.all(['A', 'B', 'C'].map(async (name) => (await aDashboard(name)).id));
    for (const id of ids) await aWidget(id);
    const asReferences = () => graph.as(owner)<{ _entities: Shown[] }>(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on Dashboard { ${DASHBOARD} } } }`, { r: ids.map((id) => ({ __typename: 'Dashboard', id })) });
    expect(await graph.countQueries(asReferences)).toBe(3);
    expect((await asReferences()).data!._entities.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
    expect(await graph.countQueries(() => graph.as(owner)(`{ dashboards(first: 3) { edges { node { ${DASHBOARD} } } } }`))).toBe(3);
  });
});
