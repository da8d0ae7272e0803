import { anonymous, type Actor } from '@buffrsign/kernel/gateway';
import { until } from '@buffrsign/kernel/testing';
import type { GraphQLObjectType } from 'graphql';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../support/test-platform.ts';
import { entityIds, seenByGuests, type Contribution } from './entities.ts';
import { probes, table, type NamedProbe } from './probes/index.ts';
import { askAs, codesOf, type Answer } from './support/ask.ts';
import { allOf, innerButDocument, innerOf, isNothing, moreThanNothing, numbersIn, tracesOf } from './support/expectations.ts';
import { api, asked, contributions, difference, figures, mutations, queries, schema } from './support/graph.ts';
import { idsTaken, namesGiven } from './support/ids-taken.ts';
import { listen } from './support/listen.ts';
import { openRecords, type Records } from './support/records.ts';
import { everythingOf, operationOf } from './support/selection.ts';
import { createWithoutChange, type WithoutChange } from './support/unchanged.ts';
import { makeNewcomer, makeWorld, type World } from './world/index.ts';

let platform: TestPlatform;
let records: Records;
/** An organization with everything in it, and a stranger: the owner of another one, with the same in it. */
let victim: World;
let stranger: World;
/** Sees that something changes nothing of the victim. */
let withoutChange: WithoutChange;
/** The owner of an organization that was there before them and in which nothing happens. */
let newcomer: Asker;
const figuresBefore = new Map<string, readonly number[]>();
const receiver = createServer((_request, response) => response.writeHead(204).end());

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  platform = await startTestPlatform({ WEBHOOKS_ALLOW_LOOPBACK: 'true' });
  records = await openRecords(platform.platform.parts);
  const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const [veld, riet] = ['owner@veld.example.na', 'owner@riet.example.na'];
  newcomer = await makeNewcomer(platform);
  await records.settled();
  for (const probe of figures) figuresBefore.set(probe.name, await figuresOf(probe));
  [victim, stranger] = await Promise.all([
    makeWorld({ platform, records, hook, marker: 'veld-7f3a', email: veld, neighbour: riet }),
    makeWorld({ platform, records, hook, marker: 'riet-9c1e', email: riet, neighbour: veld }),
  ]);
  await records.settled();
  withoutChange = createWithoutChange(records, victim.organizationId);
}, 240_000);
afterAll(async () => {
  await platform.stop();
  receiver.close();
});

interface Asker {
  readonly actor: Actor;
  readonly accessToken?: string;
}
const nobody: Asker = { actor: anonymous };

const ask = (probe: NamedProbe, { actor, accessToken }: Asker, theirs: World, own: World): Promise<Answer> =>
  askAs(platform.url, accessToken)(operationOf(schema, probe.path, actor), probe.variables(theirs, own));

/** Which member of a result union an answer is. */
const outcomeOf = ({ data }: Answer): string | undefined => (Object.values(data ?? {})[0] as { __typename?: string } | null | undefined)?.__typename;

const figuresOf = async (probe: NamedProbe): Promise<readonly number[]> => numbersIn((await ask(probe, newcomer, victim, stranger)).data).filter((number) => number !== 0);

/** Asks the subgraph itself for all that it adds to an entity of the victim, as a gateway would. */
const resolve = async ({ entity, subgraph }: Contribution, actor: Actor, fieldsFor = actor) => {
  const { schema: own, transport } = platform.platform.parts.get(subgraph)!;
  const id = entityIds[entity]!(victim);
  const query = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on ${entity}${everythingOf(own.getType(entity) as GraphQLObjectType, fieldsFor)} } }`;
  const { data, errors } = await transport.execute({ query, variables: { references: [{ __typename: entity, id }] }, actor, requestId: 'req_tenancy' });
  return { asked: id, value: data?.['_entities'], errors, text: JSON.stringify({ data, errors }) };
};

describe('the table', () => {
  test('has every root field of the API, and none that is not there', () => {
    const fields = ['Query', 'Mutation', 'Subscription'].flatMap((root) => Object.keys((api.getType(root) as GraphQLObjectType).getFields()).map((field) => `${root}.${field}`));
    expect(difference(fields, Object.keys(table)), 'Add them to the table of their subgraph in tests/tenancy/probes.').toEqual([]);
    expect(difference(Object.keys(table), fields), 'Take them out of the table: the API has them no more.').toEqual([]);
  });

  test('gives every id that a root field takes', () => {
    const missing = Object.keys(table).map((path) => {
      const [root = '', name = ''] = path.split('.');
      const given = probes.filter((probe) => probe.path === path).flatMap(({ variables }) => namesGiven(variables(victim, stranger)));
      return { path, ids: difference(idsTaken((api.getType(root) as GraphQLObjectType).getFields()[name]!.args), given) };
    });
    expect(missing.filter(({ ids }) => ids.length > 0), 'Probe these with an id of the victim.').toEqual([]);
  });

  test('has every entity, and none that is not there', () => {
    const entities = contributions.map(({ entity }) => entity);
    expect(difference(entities, Object.keys(entityIds)), 'Add them to entityIds, and one of each to tests/tenancy/world.').toEqual([]);
    expect(difference(Object.keys(entityIds), entities), 'Take them out of entityIds: the API has them no more.').toEqual([]);
  });

  test('is asked about an organization that has a row in every table of every database', async () => {
    const empty = await records.emptyTables(victim.organizationId);
    // Three subgraphs say nothing of themselves in this world: no fact of theirs is about one of these acts.
    expect(empty).toEqual(['analytics.OutboxMessage', 'integrations.OutboxMessage', 'kyc.OutboxMessage']);
  });
});

describe('a member sees what is their organization’s, so that what others do not see is there to be seen:', () => {
  test.each(queries.filter(({ seenByOwner, isPublic }) => seenByOwner && !isPublic))('$name', async (probe) => {
    const { data, errors, text } = await ask(probe, victim, victim, victim);
    expect(errors).toBeUndefined();
    if (probe.answer === 'counts') expect(numbersIn(data).some((number) => number > 0)).toBe(true);
    else expect(tracesOf(text, allOf(victim)), text).not.toEqual([]);
  });

  test.each(contributions)('$entity of $subgraph', async (contribution) => {
    const { asked: id, value } = await resolve(contribution, victim.actor);
    expect(isNothing(value, id)).toBe(false);
  });
});

describe('a stranger sees nothing of it, and changes nothing of it:', () => {
  test.each(contributions)('$entity of $subgraph', async (contribution) => {
    const { asked: id, value, text } = await resolve(contribution, stranger.actor);
    expect(tracesOf(text, allOf(victim), id)).toEqual([]);
    expect(isNothing(value, id), text).toBe(true);
  });

  test.each([...queries, ...mutations])('$name', async (probe) => {
    const answer = await withoutChange(() => ask(probe, stranger, victim, stranger));
    expect(tracesOf(answer.text, allOf(victim), probe.variables(victim, stranger))).toEqual([]);
    if (probe.answer === 'nothing') return expect(moreThanNothing(answer, probe.refusals)).toBeUndefined();
    expect(answer.errors).toBeUndefined();
    if (probe.path.startsWith('Mutation.')) expect(outcomeOf(answer)).toMatch(/Success$/);
    if (probe.path.startsWith('Query.') && probe.answer === 'own') expect(tracesOf(answer.text, allOf(stranger)), answer.text).not.toEqual([]);
  });

  test.each(figures)('$name, which counts nothing of what happens elsewhere', async (probe) => {
    expect(await figuresOf(probe)).toEqual(figuresBefore.get(probe.name));
  });
});

describe('the guest of another of its envelopes sees nothing of it, and changes nothing of it:', () => {
  // To decline names nothing of anybody else's: a guest declines the envelope of their own link.
  test.each([...queries, ...mutations].filter(({ path, isPublic }) => path !== 'Mutation.declineEnvelope' && !isPublic))('$name', async (probe) => {
    const answer = await withoutChange(() => ask(probe, victim.guest, victim, stranger));
    expect(tracesOf(answer.text, innerOf(victim), probe.variables(victim, stranger))).toEqual([]);
    if (probe.answer === 'nothing') expect(moreThanNothing(answer, probe.refusals)).toBeUndefined();
  });

  test.each([
    ['document', { id: () => victim.otherDocumentId }],
    ['envelope', { id: () => victim.otherEnvelopeId }],
  ])('and yet their own %s', async (field, { id }) => {
    const { data, errors, text } = await askAs(platform.url, victim.guest.accessToken)(operationOf(schema, `Query.${field}`, victim.guest.actor), { id: id() });
    expect(errors, text).toBeUndefined();
    expect(isNothing(data)).toBe(false);
  });

  test.each(contributions)('$entity of $subgraph', async (contribution) => {
    const { asked: id, value, text } = await resolve(contribution, victim.guest.actor);
    expect(tracesOf(text, innerOf(victim), id)).toEqual([]);
    if (!seenByGuests.has(contribution.entity)) expect(isNothing(value, id), text).toBe(true);
  });
});

describe('the guest of another envelope of the same document sees the document, and nothing else of it:', () => {
  test('the document', async () => {
    const { data, errors, text } = await askAs(platform.url, victim.sibling.accessToken)(operationOf(schema, 'Query.document', victim.sibling.actor), { id: victim.documentId });
    expect(errors, text).toBeUndefined();
    expect(isNothing(data, victim.documentId)).toBe(false);
  });

  test.each(queries)('$name', async (probe) => {
    const answer = await ask(probe, victim.sibling, victim, stranger);
    expect(tracesOf(answer.text, innerButDocument(victim), probe.variables(victim, stranger))).toEqual([]);
  });

  test.each(contributions)('$entity of $subgraph', async (contribution) => {
    const { asked: id, text } = await resolve(contribution, victim.sibling.actor);
    expect(tracesOf(text, innerButDocument(victim), id)).toEqual([]);
  });
});

describe('nobody in particular sees nothing but what is public, and changes nothing of it:', () => {
  test.each([...queries, ...mutations])('$name', async (probe) => {
    const answer = await withoutChange(() => ask(probe, nobody, victim, stranger));
    expect(tracesOf(answer.text, allOf(victim), probe.variables(victim, stranger))).toEqual([]);
    if (probe.isPublic) return;
    expect(codesOf(answer)).not.toEqual([]);
    expect(moreThanNothing(answer, [])).toBeUndefined();
  });

  test.each(contributions)('$entity of $subgraph', async (contribution) => {
    const { asked: id, value, text } = await resolve(contribution, anonymous, victim.actor);
    expect(text).toContain('UNAUTHENTICATED');
    expect(isNothing(value, id), text).toBe(true);
  });
});

describe('live,', () => {
  const outsiders = { 'a stranger': () => stranger, 'the guest of another envelope': () => victim.guest, 'nobody in particular': () => nobody };
  const attempts = asked('Subscription.').flatMap((probe) => Object.entries(outsiders).map(([who, asker]) => ({ ...probe, who, asker })));

  test.each(attempts.filter(({ answer }) => answer === 'nothing'))('$who is refused $name', async ({ path, variables, asker }) => {
    const { actor, accessToken } = asker();
    const listener = listen(platform.url, accessToken, operationOf(schema, path, actor), variables(victim, stranger));
    await listener.ended;
    await listener.stop();
    expect(tracesOf(JSON.stringify(listener.events), allOf(victim), variables(victim, stranger))).toEqual([]);
    expect(listener.events.flatMap((event) => codesOf(event))).not.toEqual([]);
    expect(isNothing(listener.events.map(({ data }) => data))).toBe(true);
  });

  test.each(asked('Subscription.').filter(({ answer }) => answer === 'nothing'))('a member hears $name', async ({ path, variables }) => {
    const listener = listen(platform.url, victim.accessToken, operationOf(schema, path, victim.actor), variables(victim, victim));
    await until('the first event', () => listener.events.length > 0);
    await listener.stop();
    expect(tracesOf(JSON.stringify(listener.events), allOf(victim))).not.toEqual([]);
  });

  test('a stranger’s notificationReceived tells of their own organization only', async () => {
    const { transport, schema: own } = platform.platform.parts.get('notifications')!;
    const heard = async (actor: Actor) => {
      const stream = await transport.subscribe({ query: operationOf(own, 'Subscription.notificationReceived', actor), actor, requestId: 'req_tenancy' });
      if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
      return stream[Symbol.asyncIterator]();
    };
    const [theirs, mine] = await Promise.all([heard(victim.actor), heard(stranger.actor)]);
    await victim.guest.decline();
    expect(tracesOf(JSON.stringify(await theirs.next()), { ...allOf(victim), ids: await records.ids(victim.organizationId) })).not.toEqual([]);
    // What the victim was told came first: had the stranger been told it, too, it would be the first that they hear.
    await stranger.guest.decline();
    const first = JSON.stringify(await mine.next());
    expect(tracesOf(first, { ...allOf(stranger), ids: await records.ids(stranger.organizationId) })).not.toEqual([]);
    expect(tracesOf(first, { ...allOf(victim), ids: await records.ids(victim.organizationId) })).toEqual([]);
    await Promise.all([theirs.return?.(), mine.return?.()]);
  });
});

describe('what a stranger may not do there, they may do at home, so that nothing else was the reason:', () => {
  test.each(mutations.filter(({ answer, isPublic, seenByOwner }) => answer === 'nothing' && !isPublic && seenByOwner))('$name', async (probe) => {
    const answer = await ask(probe, stranger, stranger, stranger);
    expect(codesOf(answer), answer.text).not.toContain('NOT_FOUND');
    expect([...probe.refusals.filter((refusal) => !refusal.endsWith('Success')), 'InvalidInputError'], answer.text).not.toContain(outcomeOf(answer));
  });
});
