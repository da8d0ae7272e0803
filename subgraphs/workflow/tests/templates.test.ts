import { memberChanged, memberLeft } from '@buffrsign/auth/events';
import { newId } from '@buffrsign/kernel';
import { aStranger, aUser } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvalStep, scopes, signalStep, startWorld } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.graph.stop());

const create = async (actor: ReturnType<typeof aUser>, of: object = {}) => world.act(actor, 'createWorkflowTemplate', { name: 'Check', steps: [signalStep()], ...of });
const move = (actor: ReturnType<typeof aUser>, id: string, status: string) => world.act(actor, 'changeWorkflowTemplateStatus', { id, status });

describe('a workflow template', () => {
  test('begins as a draft with its steps as they were given', async () => {
    const member = await world.aMember();
    const steps = [
      { name: 'Hold', automated: { action: 'WAIT', hours: 2 } },
      approvalStep(member.id),
      { name: 'Long?', condition: { fact: 'DOCUMENT_PAGES', comparison: 'GREATER', value: 10 } },
    ];
    const { template } = await create(member, { description: 'For leases.', trigger: 'DOCUMENT_READY', steps });
    expect(template).toMatchObject({
      status: 'DRAFT',
      trigger: 'DOCUMENT_READY',
      description: 'For leases.',
      steps: [
        { position: 1, name: 'Hold', kind: 'AUTOMATED', automated: { action: 'WAIT', hours: 2, signal: null }, approval: null, condition: null },
        { position: 2, kind: 'HUMAN_APPROVAL', approval: { approver: { id: member.id }, expiresInDays: 7 }, automated: null },
        { position: 3, kind: 'CONDITIONAL', condition: { fact: 'DOCUMENT_PAGES', comparison: 'GREATER', value: 10, otherwiseGoTo: null } },
      ],
    });
  });

  test('changes while it is a draft or set aside, not while it is in use', async () => {
    const member = await world.aMember();
    const { template } = await create(member, { description: 'Old' });
    const { id } = template;
    expect((await world.act(member, 'updateWorkflowTemplate', { id, name: 'New', description: null, steps: [signalStep('a'), signalStep('b')] })).template).toMatchObject({ name: 'New', description: null, steps: { length: 2 } });
    await move(member, id, 'ACTIVE');
    expect(await world.act(member, 'updateWorkflowTemplate', { id, name: 'Newer' })).toMatchObject({ __typename: 'WorkflowTemplateStatusError' });
    await move(member, id, 'INACTIVE');
    expect((await world.act(member, 'updateWorkflowTemplate', { id, name: 'Newer' })).template).toMatchObject({ name: 'Newer', steps: { length: 2 } });
  });

  test('goes only where it can go from where it stands', async () => {
    const member = await world.aMember();
    const { id } = (await create(member)).template;
    expect(await move(member, id, 'INACTIVE')).toMatchObject({ __typename: 'WorkflowTemplateStatusError', message: 'This workflow is DRAFT. It can become ACTIVE or ARCHIVED.' });
    expect((await move(member, id, 'ARCHIVED')).template.status).toBe('ARCHIVED');
    expect(await move(member, id, 'ACTIVE')).toMatchObject({ __typename: 'WorkflowTemplateStatusError' });
    expect(await move(member, id, 'ARCHIVED')).toMatchObject({ __typename: 'ChangeWorkflowTemplateStatusSuccess' });
  });

  test('asks active members only', async () => {
    const member = await world.aMember();
    const { organizationId } = member;
    const colleague = await world.aMember({ organizationId });
    const asking = () => create(member, { steps: [approvalStep(colleague.id)] });
    expect(await asking()).toMatchObject({ __typename: 'CreateWorkflowTemplateSuccess' });
    const person = { userId: colleague.id, name: 'Maria', email: 'm@example.na', role: 'MEMBER' };
    const change = (status: 'ACTIVE' | 'SUSPENDED') => world.graph.tell(memberChanged, { subject: colleague.id, organizationId }, { ...person, status });
    await change('SUSPENDED');
    expect(await asking()).toMatchObject({ __typename: 'UnknownMemberError' });
    const active = await change('ACTIVE');
    expect(await asking()).toMatchObject({ __typename: 'CreateWorkflowTemplateSuccess' });
    const left = await world.graph.tell(memberLeft, { subject: colleague.id, organizationId }, { userId: colleague.id });
    await world.graph.tellAgain(left);
    // What was said before and could only be handled now: an attempt had failed.
    await world.graph.tellAgain({ ...active, id: newId('evt') });
    expect(await asking()).toMatchObject({ __typename: 'UnknownMemberError' });
    expect(await create(member, { steps: [approvalStep((await world.aMember()).id)] })).toMatchObject({ __typename: 'UnknownMemberError' });
  });

  test.each([
    ['createWorkflowTemplate', { name: ' ' }, 'name'],
    ['createWorkflowTemplate', { steps: [] }, 'steps'],
    ['createWorkflowTemplate', { steps: [{ name: 'Nothing' }] }, 'steps.0'],
    ['updateWorkflowTemplate', { name: '' }, 'name'],
  ])('%s refuses %j', async (mutation, input, path) => {
    const member = await world.aMember();
    const { id } = (await create(member)).template;
    const whole = mutation === 'createWorkflowTemplate' ? { name: 'Check', steps: [signalStep()], ...input } : { id, ...input };
    expect(await world.act(member, mutation, whole)).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });

  test('is not there for a member of another organization, nor for a token without the scope', async () => {
    const member = await world.aMember();
    const stranger = aStranger(scopes);
    const { id } = (await create(member)).template;
    const seen = await world.graph.as(stranger)('query ($id: ID!, $r: [_Any!]!) { workflowTemplate(id: $id) { id } workflowTemplates { edges { cursor } } _entities(representations: $r) { ... on WorkflowTemplate { id } } }', { id, r: [{ __typename: 'WorkflowTemplate', id }] });
    expect(seen).toEqual({ data: { workflowTemplate: null, workflowTemplates: { edges: [] }, _entities: [null] } });
    expect((await move(stranger, id, 'ACTIVE')).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect((await world.act(stranger, 'updateWorkflowTemplate', { id, name: 'Mine' })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect((await create(aUser(['workflows:read']))).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('is listed by status, and costs two queries with its steps however many are referred to', async () => {
    const member = await world.aMember();
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await create(member, { name })).template.id);
    await move(member, ids[1]!, 'ACTIVE');
    expect((await world.graph.as(member)('{ workflowTemplates(status: DRAFT) { edges { node { name } } } }')).data).toEqual({ workflowTemplates: { edges: [{ node: { name: 'C' } }, { node: { name: 'A' } }] } });
    const ask = () => world.graph.as(member)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on WorkflowTemplate { name steps { name } } } }', { r: ids.map((id) => ({ __typename: 'WorkflowTemplate', id })) });
    expect(await world.graph.countQueries(ask)).toBe(2);
  });
});
