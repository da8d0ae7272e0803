import { aStranger, aUser, until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvalDecided, approvalRequested, executionFailed } from '../src/events.ts';
import { approvalStep, scopes, signalStep, startWorld } from './world.ts';

type User = ReturnType<typeof aUser>;
let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.graph.stop());

let envelopes = 0;
/** Two members, and an envelope that they talk about. */
const twoMembers = async () => {
  const asking = await world.aMember();
  const asked = await world.aMember({ organizationId: asking.organizationId });
  const envelopeId = `env_${(envelopes += 1)}`;
  await world.sendEnvelope(asking, envelopeId);
  return { asking, asked, envelopeId };
};
const request = (actor: User, input: object) => world.act(actor, 'requestApproval', { idempotencyKey: world.aKey(), ...input });
const decisions = async (id: string) => (await world.graph.said(approvalDecided)).filter(({ subject }) => subject === id).map(({ data }) => data.status);

describe('an approval', () => {
  test('is asked for once for a key, and said', async () => {
    const { asking, asked, envelopeId } = await twoMembers();
    const input = { envelopeId, approverId: asked.id, message: 'Fine with you?', idempotencyKey: 'once' };
    const [first, second] = await Promise.all([request(asking, input), request(asking, input)]);
    expect(first).toEqual(second);
    expect(first.approval).toMatchObject({ status: 'PENDING', envelope: { id: envelopeId }, document: null, approver: { id: asked.id }, requestedBy: { id: asking.id }, message: 'Fine with you?' });
    expect((await world.graph.said(approvalRequested)).filter(({ subject }) => subject === first.approval.id)).toHaveLength(1);
  });

  test('is decided once: of two answers at the same moment one counts, and the same answer again is the same', async () => {
    const { asking, asked, envelopeId } = await twoMembers();
    const { id } = (await request(asking, { envelopeId, approverId: asked.id })).approval;
    const yes = { idempotencyKey: 'yes', comment: 'Good.' };
    const outcomes = await Promise.all([world.decide(asked, id, 'APPROVE', yes), world.decide(asked, id, 'REJECT')]);
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['ApprovalDecidedError', 'DecideApprovalSuccess']);
    expect(await decisions(id)).toHaveLength(1);
    expect((await world.decide(asked, id, 'APPROVE', yes)).__typename).toBe(outcomes[0]!.__typename);
  });

  test('is decided by nobody but the member who is asked', async () => {
    const { asking, asked, envelopeId } = await twoMembers();
    const { id } = (await request(asking, { envelopeId, approverId: asked.id })).approval;
    expect(await world.decide(asking, id, 'APPROVE')).toMatchObject({ __typename: 'NotYourApprovalError' });
    expect(await decisions(id)).toEqual([]);
  });

  test('is decided by whoever is asked, though they may only see workflows', async () => {
    const { asking, asked, envelopeId } = await twoMembers();
    const { id } = (await request(asking, { envelopeId, approverId: asked.id })).approval;
    expect((await world.decide({ ...asked, scopes: [] }, id, 'APPROVE')).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    expect(await world.decide({ ...asked, scopes: ['workflows:read'] }, id, 'APPROVE')).toMatchObject({ __typename: 'DecideApprovalSuccess' });
  });

  test.each([
    ['requestApproval', { envelopeId: 'env_unknown' }, 'UnknownSubjectError'],
    ['requestApproval', { approverId: 'usr_unknown' }, 'UnknownMemberError'],
    ['requestApproval', { documentId: 'doc_1' }, 'InvalidInputError'],
    ['requestApproval', { expiresInDays: 91 }, 'InvalidInputError'],
    ['decideApproval', { comment: 'x'.repeat(1001) }, 'InvalidInputError'],
  ])('%s refuses %j', async (mutation, input, expected) => {
    const { asking, asked, envelopeId } = await twoMembers();
    const { id } = (await request(asking, { envelopeId, approverId: asked.id })).approval;
    const outcome = mutation === 'requestApproval' ? await request(asking, { envelopeId, approverId: asked.id, ...input }) : await world.decide(asked, id, 'APPROVE', input);
    expect(outcome.__typename).toBe(expected);
  });

  test('is listed by status and for the member who is asked, one query for all', async () => {
    const { asking, asked, envelopeId } = await twoMembers();
    const { id } = (await request(asking, { envelopeId, approverId: asked.id })).approval;
    const other = (await request(asking, { envelopeId, approverId: asking.id })).approval;
    await world.decide(asking, other.id, 'APPROVE');
    const ids = async (actor: User, args: string) => (await world.graph.as(actor)<{ approvals: { edges: { node: { id: string } }[] } }>(`{ approvals(${args}) { edges { node { id } } } }`)).data!.approvals.edges.map(({ node }) => node.id);
    expect(await ids(asked, 'mine: true')).toEqual([id]);
    expect(await ids(asked, 'status: APPROVED')).toEqual([other.id]);
    expect(await ids(asked, 'first: 5')).toEqual([other.id, id]);
    const ask = () => world.graph.as(asked)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Approval { status approver { id } } } }', { r: [id, other.id].map((each) => ({ __typename: 'Approval', id: each })) });
    expect(await world.graph.countQueries(ask)).toBe(1);
  });

  test('is not there for a member of another organization, nor for a token without the scope', async () => {
    const { asking, asked, envelopeId } = await twoMembers();
    const stranger = aStranger(scopes);
    const { id } = (await request(asking, { envelopeId, approverId: asked.id })).approval;
    const seen = await world.graph.as(stranger)('query ($id: ID!, $r: [_Any!]!) { approval(id: $id) { id } approvals { edges { cursor } } _entities(representations: $r) { ... on Approval { id } } }', { id, r: [{ __typename: 'Approval', id }] });
    expect(seen).toEqual({ data: { approval: null, approvals: { edges: [] }, _entities: [null] } });
    expect((await world.decide(stranger, id, 'APPROVE')).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(await request(stranger, { envelopeId, approverId: asked.id })).toMatchObject({ __typename: 'UnknownSubjectError' });
    expect((await request(aUser(['workflows:read']), { envelopeId, approverId: asked.id })).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });
});

describe('time', () => {
  // What is due by this clock is long due by the database's: whatever waits is woken at once.
  const longAgo = new Date('2020-03-02T08:00:00.000Z');
  let past: Awaited<ReturnType<typeof startWorld>>;
  beforeAll(async () => {
    past = await startWorld({ now: () => longAgo });
  });
  afterAll(() => past.graph.stop());

  test('ends a wait, and an approval that nobody gave fails its workflow', async () => {
    const member = await past.aMember();
    await past.aDocument(member, 'doc_1');
    const execution = await past.run(member, [{ name: 'Hold', automated: { action: 'WAIT', hours: 1 } }, approvalStep(member.id), signalStep()]);
    const failed = await until('the execution to fail', async () => {
      const now = await past.read(member, execution.id);
      return now.status === 'FAILED' && now;
    });
    expect(failed).toMatchObject({ failure: 'Step 2, “Read it”: Nobody decided in time.', steps: [{ status: 'COMPLETED' }, { status: 'FAILED', approval: { status: 'EXPIRED' } }, { status: 'CANCELLED' }] });
    expect(await past.graph.said(executionFailed)).toHaveLength(1);
  });
});
