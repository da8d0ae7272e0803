import { documentDeleted } from '@buffrsign/documents/events';
import { aGuest, aStranger, aUser } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvalDecided, executionCancelled, executionCompleted, executionFailed, signalRaised } from '../src/events.ts';
import { approvalStep, EXECUTION, scopes, signalStep, startWorld, type Execution } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.graph.stop());

/** A member whose organization has the document `doc_1` of three pages. */
const aWorker = async () => {
  const member = await world.aMember();
  await world.graph.tools.db.subject.deleteMany({ where: { id: 'doc_1' } });
  await world.aDocument(member, 'doc_1');
  return member;
};
const statuses = ({ steps }: Execution) => steps.map(({ status }) => status);
const ofOrganization = <Fact extends { organizationid: string }>(facts: readonly Fact[], { organizationId }: { organizationId: string }) => facts.filter(({ organizationid }) => organizationid === organizationId);
const aCondition = (of: object) => ({ name: 'Long?', condition: { fact: 'DOCUMENT_PAGES', comparison: 'GREATER', value: 10, ...of } });

describe('an execution', () => {
  test('goes through its steps, waits for the approval and is complete; each fact is said once', async () => {
    const member = await aWorker();
    const waiting = await world.run(member, [signalStep('begun'), approvalStep(member.id), signalStep('ended')]);
    expect(waiting).toMatchObject({ status: 'RUNNING', document: { id: 'doc_1' }, envelope: null, startedBy: { id: member.id }, endedAt: null });
    expect(statuses(waiting)).toEqual(['COMPLETED', 'WAITING', 'PENDING']);
    await world.decide(member, waiting.steps[1]!.approval!.id, 'APPROVE');
    await world.graph.idle();
    const done = await world.read(member, waiting.id);
    expect(done).toMatchObject({ status: 'COMPLETED', failure: null });
    expect(statuses(done)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
    expect(ofOrganization(await world.graph.said(signalRaised), member).map(({ data }) => data.signal)).toEqual(['begun', 'ended']);
    expect(ofOrganization(await world.graph.said(executionCompleted), member)).toMatchObject([{ subject: waiting.id, data: { subjectId: 'doc_1', startedBy: member.id } }]);
  });

  test('fails when its approval is refused, and does nothing more', async () => {
    const member = await aWorker();
    const waiting = await world.run(member, [approvalStep(member.id), signalStep()]);
    await world.decide(member, waiting.steps[0]!.approval!.id, 'REJECT');
    await world.graph.idle();
    const failed = await world.read(member, waiting.id);
    expect(failed).toMatchObject({ status: 'FAILED', failure: 'Step 1, “Read it”: It was refused.' });
    expect(statuses(failed)).toEqual(['FAILED', 'CANCELLED']);
    expect(ofOrganization(await world.graph.said(executionFailed), member)).toHaveLength(1);
    expect(ofOrganization(await world.graph.said(signalRaised), member)).toEqual([]);
  });

  test.each([
    ['goes on where a condition holds', aCondition({ comparison: 'LESS', otherwiseGoTo: 3 }), ['COMPLETED', 'COMPLETED', 'COMPLETED'], 'COMPLETED'],
    ['goes to the later step where it does not', aCondition({ otherwiseGoTo: 3 }), ['COMPLETED', 'SKIPPED', 'COMPLETED'], 'COMPLETED'],
    ['is complete where there is no later step to go to', aCondition({}), ['COMPLETED', 'SKIPPED', 'SKIPPED'], 'COMPLETED'],
    ['fails where the answer is not known', aCondition({ fact: 'ENVELOPE_RECIPIENTS' }), ['FAILED', 'CANCELLED', 'CANCELLED'], 'FAILED'],
  ])('%s', async (_what, condition, expected, status) => {
    const member = await aWorker();
    const execution = await world.run(member, [condition, signalStep('a'), signalStep('b')]);
    expect(execution.status).toBe(status);
    expect(statuses(execution)).toEqual(expected);
  });

  test('is held and goes on: decided meanwhile, it moves only when resumed', async () => {
    const member = await aWorker();
    const { id, steps } = await world.run(member, [approvalStep(member.id), signalStep()]);
    expect((await world.act(member, 'pauseWorkflow', { id })).execution.status).toBe('PAUSED');
    expect(await world.act(member, 'pauseWorkflow', { id })).toMatchObject({ __typename: 'WorkflowExecutionStatusError' });
    await world.decide(member, steps[0]!.approval!.id, 'APPROVE');
    await world.graph.idle();
    expect(statuses(await world.read(member, id))).toEqual(['COMPLETED', 'PENDING']);
    expect((await world.act(member, 'resumeWorkflow', { id })).execution.status).toBe('RUNNING');
    await world.graph.idle();
    expect((await world.read(member, id)).status).toBe('COMPLETED');
    expect(await world.act(member, 'resumeWorkflow', { id })).toMatchObject({ __typename: 'WorkflowExecutionStatusError' });
  });

  test('is cancelled with its approval, which nobody can give any more', async () => {
    const member = await aWorker();
    const { id, steps } = await world.run(member, [approvalStep(member.id), signalStep()]);
    const { execution } = await world.act(member, 'cancelWorkflow', { id });
    expect(execution).toMatchObject({ status: 'CANCELLED', endedAt: expect.anything(), steps: [{ status: 'CANCELLED', approval: { status: 'EXPIRED' } }, { status: 'CANCELLED' }] });
    expect(await world.decide(member, steps[0]!.approval!.id, 'APPROVE')).toMatchObject({ __typename: 'ApprovalDecidedError' });
    expect(await world.act(member, 'cancelWorkflow', { id })).toMatchObject({ __typename: 'WorkflowExecutionStatusError' });
    await world.graph.idle();
    expect((await world.read(member, id)).status).toBe('CANCELLED');
    expect(ofOrganization(await world.graph.said(executionCancelled), member)).toHaveLength(1);
    expect(ofOrganization(await world.graph.said(approvalDecided), member)).toMatchObject([{ data: { status: 'EXPIRED' } }]);
  });

  test('is cancelled or decided, not both, when both come at the same moment', async () => {
    const member = await aWorker();
    const { id, steps } = await world.run(member, [approvalStep(member.id)]);
    const [cancelled, decided] = await Promise.all([world.act(member, 'cancelWorkflow', { id }), world.decide(member, steps[0]!.approval!.id, 'APPROVE')]);
    await world.graph.idle();
    const { status, steps: [step] } = await world.read(member, id);
    const approved = decided.__typename === 'DecideApprovalSuccess';
    expect(step!.approval!.status).toBe(approved ? 'APPROVED' : 'EXPIRED');
    expect(status).toBe(cancelled.__typename === 'CancelWorkflowSuccess' ? 'CANCELLED' : 'COMPLETED');
    expect(ofOrganization(await world.graph.said(approvalDecided), member)).toHaveLength(1);
  });

  test('keeps the steps that it began with', async () => {
    const member = await aWorker();
    const { id, template } = (await world.run(member, [approvalStep(member.id)])) as Execution & { template: { id: string } };
    await world.act(member, 'changeWorkflowTemplateStatus', { id: template.id, status: 'INACTIVE' });
    await world.act(member, 'updateWorkflowTemplate', { id: template.id, steps: [signalStep(), signalStep()] });
    expect(statuses(await world.read(member, id))).toEqual(['WAITING']);
  });
});

describe('starting a workflow', () => {
  test('happens once for a key, also when it is asked for twice at the same moment', async () => {
    const member = await aWorker();
    const input = { templateId: await world.aTemplate(member, [signalStep()]), documentId: 'doc_1', idempotencyKey: 'once' };
    const [first, second] = await Promise.all([world.act(member, 'startWorkflow', input), world.act(member, 'startWorkflow', input)]);
    expect(first.execution.id).toBe(second.execution.id);
    await world.graph.idle();
    expect(ofOrganization(await world.graph.said(signalRaised), member)).toHaveLength(1);
  });

  test('takes active templates, and documents and envelopes that are there', async () => {
    const member = await aWorker();
    const templateId = await world.aTemplate(member, [signalStep()]);
    const start = (of: object) => world.act(member, 'startWorkflow', { templateId, idempotencyKey: world.aKey(), ...of });
    expect(await start({ documentId: 'doc_unknown' })).toMatchObject({ __typename: 'UnknownSubjectError' });
    expect(await start({ envelopeId: 'doc_1' })).toMatchObject({ __typename: 'UnknownSubjectError' });
    expect(await start({})).toMatchObject({ __typename: 'InvalidInputError' });
    const deleted = await world.graph.tell(documentDeleted, { subject: 'doc_1', organizationId: member.organizationId }, { documentId: 'doc_1', deletedBy: member.id });
    await world.graph.tellAgain(deleted);
    expect(await start({ documentId: 'doc_1' })).toMatchObject({ __typename: 'UnknownSubjectError' });
    await world.act(member, 'changeWorkflowTemplateStatus', { id: templateId, status: 'INACTIVE' });
    expect(await start({ documentId: 'doc_1' })).toMatchObject({ __typename: 'WorkflowTemplateStatusError' });
  });

  test('happens by itself, once, for what a template waits for', async () => {
    const member = await world.aMember();
    await world.aTemplate(member, [aCondition({ comparison: 'EQUAL', value: 5 }), signalStep('long')], { trigger: 'DOCUMENT_READY' });
    await world.aTemplate(member, [{ name: 'Alone?', condition: { fact: 'ENVELOPE_RECIPIENTS', comparison: 'EQUAL', value: 1 } }, signalStep('signed')], { trigger: 'ENVELOPE_COMPLETED' });
    await world.graph.tellAgain(await world.aDocument(member, 'doc_t', 5));
    await world.graph.tellAgain(await world.sendEnvelope(member, 'env_t'));
    await world.graph.tellAgain(await world.completeEnvelope(member, 'env_t'));
    await world.graph.idle();
    expect(ofOrganization(await world.graph.said(signalRaised), member).map(({ data }) => [data.signal, data.subjectId, data.startedBy])).toEqual([['long', 'doc_t', null], ['signed', 'env_t', null]]);
    const ask = () => world.graph.as(member)(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on Envelope { workflowExecutions { edges { node { ${EXECUTION} } } } } ... on Document { workflowExecutions { edges { node { document { id } } } } } } }`, { r: [{ __typename: 'Envelope', id: 'env_t' }, { __typename: 'Document', id: 'doc_t' }] });
    expect((await ask()).data).toMatchObject({
      _entities: [
        { workflowExecutions: { edges: [{ node: { status: 'COMPLETED', trigger: 'ENVELOPE_COMPLETED', envelope: { id: 'env_t' }, document: null, startedBy: null } }] } },
        { workflowExecutions: { edges: [{ node: { document: { id: 'doc_t' } } }] } },
      ],
    });
  });
});

describe('executions', () => {
  test('are not there for a member of another organization, for a guest, or without the scope', async () => {
    const member = await aWorker();
    const stranger = aStranger(scopes);
    const { id } = await world.run(member, [approvalStep(member.id)]);
    const seen = await world.graph.as(stranger)('query ($id: ID!, $r: [_Any!]!) { workflowExecution(id: $id) { id } workflowExecutions { edges { cursor } } _entities(representations: $r) { ... on WorkflowExecution { id } ... on Document { workflowExecutions { edges { cursor } } } } }', { id, r: [{ __typename: 'WorkflowExecution', id }, { __typename: 'Document', id: 'doc_1' }] });
    expect(seen).toEqual({ data: { workflowExecution: null, workflowExecutions: { edges: [] }, _entities: [null, { workflowExecutions: { edges: [] } }] } });
    for (const mutation of ['pauseWorkflow', 'resumeWorkflow', 'cancelWorkflow']) {
      expect((await world.act(stranger, mutation, { id })).errors?.[0]?.extensions, mutation).toMatchObject({ code: 'NOT_FOUND' });
    }
    const templateId = await world.aTemplate(member, [signalStep()]);
    expect((await world.act(stranger, 'startWorkflow', { templateId, documentId: 'doc_1', idempotencyKey: 'x' })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    const guest = aGuest({ organizationId: member.organizationId, resourceId: 'doc_1', scopes });
    expect((await world.graph.as(guest)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Document { workflowExecutions { edges { cursor } } } } }', { r: [{ __typename: 'Document', id: 'doc_1' }] })).data).toEqual({ _entities: [{ workflowExecutions: null }] });
    expect((await world.graph.as(aUser([]))('{ workflowExecutions { edges { cursor } } }')).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('cost four queries with template, steps and approvals, however many are listed or referred to', async () => {
    const member = await aWorker();
    const ids = [(await world.run(member, [approvalStep(member.id)])).id, (await world.run(member, [approvalStep(member.id), signalStep()])).id];
    const ask = () => world.graph.as(member)(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on WorkflowExecution { ${EXECUTION} } } }`, { r: ids.map((id) => ({ __typename: 'WorkflowExecution', id })) });
    expect(await world.graph.countQueries(ask)).toBe(4);
    expect(await world.graph.countQueries(() => world.graph.as(member)(`{ workflowExecutions(status: RUNNING) { edges { node { ${EXECUTION} } } } }`))).toBe(4);
  });
});
