import { memberJoined } from '@buffrsign/auth/events';
import { documentReady } from '@buffrsign/documents/events';
import { aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { envelopeCompleted, envelopeSent } from '@buffrsign/signatures/events';
import { workflow } from '../src/subgraph.ts';

export const scopes = ['workflows:read', 'workflows:write'];
type User = ReturnType<typeof aUser>;

export const EXECUTION = 'id status trigger failure startedAt endedAt template { id name } document { id } envelope { id } startedBy { id } steps { status note step { position name kind } approval { id status } }';
const APPROVAL = 'id status comment decidedAt document { id } envelope { id } approver { id } requestedBy { id } message';

const success: Readonly<Record<string, string>> = {
  createWorkflowTemplate: 'template { id status trigger name description steps { position name kind automated { action hours signal } approval { approver { id } expiresInDays } condition { fact comparison value otherwiseGoTo } } }',
  updateWorkflowTemplate: 'template { id status name description steps { name } }',
  changeWorkflowTemplateStatus: 'template { id status }',
  startWorkflow: `execution { ${EXECUTION} }`,
  pauseWorkflow: `execution { ${EXECUTION} }`,
  resumeWorkflow: `execution { ${EXECUTION} }`,
  cancelWorkflow: `execution { ${EXECUTION} }`,
  requestApproval: `approval { ${APPROVAL} }`,
  decideApproval: `approval { ${APPROVAL} }`,
};
const invalid = '... on InvalidInputError { issues { path message } }';

export interface Execution {
  readonly id: string;
  readonly status: string;
  readonly failure: string | null;
  readonly steps: readonly { readonly status: string; readonly note: string | null; readonly approval: { readonly id: string; readonly status: string } | null }[];
}
export interface Outcome {
  readonly __typename: string;
  readonly message: string;
  readonly template: { readonly id: string; readonly status: string };
  readonly execution: Execution;
  readonly approval: { readonly id: string; readonly status: string };
}

/** The subgraph with members, documents and envelopes that it has heard of. */
export const startWorld = async (options: { now?: () => Date } = {}) => {
  const graph = await startTestSubgraph(workflow, options);
  let keys = 0;
  const aKey = () => `key ${(keys += 1)}`;

  const act = async (actor: User, mutation: string, input: object) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
    const forms = /^(create|update|start|request|decide)/.test(mutation) ? invalid : '';
    const { data, errors } = await graph.as(actor)<Record<string, Outcome>>(
      `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { __typename ... on ${type}Success { ${success[mutation]} } ... on UserError { message } ${forms} } }`,
      { input },
    );
    return { errors, ...(data?.[mutation] as Outcome) };
  };
  const join = ({ organizationId, id }: User) => graph.tell(memberJoined, { subject: id, organizationId }, { userId: id, name: 'Tangeni', email: 't@example.na', role: 'MEMBER' });
  const aMember = async (of: Partial<User> = {}) => {
    const member = aUser(scopes, of);
    await join(member);
    return member;
  };
  const aDocument = ({ organizationId }: User, id: string, pages = 3) =>
    graph.tell(documentReady, { subject: id, organizationId }, {
      documentId: id, versionId: 'ver_1', title: 'Lease', sha256: 'a', textSha256: 'b', size: 1000, uploadedBy: 'usr_1',
      pages: Array.from({ length: pages }, (_, page) => ({ number: page + 1, width: 595, height: 842 })),
    });
  const envelopeOf = (envelopeId: string) => ({
    envelopeId, title: 'Lease', documentId: 'doc_1', senderId: 'usr_1',
    recipients: [{ recipientId: 'rcp_1', name: 'Ndapewa', email: 'n@example.na', routingOrder: 1 }],
  });
  const moment = '2026-03-02T08:00:00.000Z';
  const sendEnvelope = ({ organizationId }: User, id: string) => graph.tell(envelopeSent, { subject: id, organizationId }, { ...envelopeOf(id), sentAt: moment, expiresAt: moment });
  const completeEnvelope = ({ organizationId }: User, id: string) => graph.tell(envelopeCompleted, { subject: id, organizationId }, { ...envelopeOf(id), sha256: 'a', size: 1, completedAt: moment });

  const aTemplate = async (actor: User, steps: readonly object[], of: object = {}) => {
    const { template } = await act(actor, 'createWorkflowTemplate', { name: 'Check', steps, ...of });
    await act(actor, 'changeWorkflowTemplateStatus', { id: template.id, status: 'ACTIVE' });
    return template.id;
  };
  const read = async (actor: User, id: string) => (await graph.as(actor)<{ workflowExecution: Execution }>(`query ($id: ID!) { workflowExecution(id: $id) { ${EXECUTION} } }`, { id })).data!.workflowExecution;
  /** Starts a workflow over `doc_1` and waits until it waits or has ended. */
  const run = async (actor: User, steps: readonly object[]) => {
    const templateId = await aTemplate(actor, steps);
    const { execution } = await act(actor, 'startWorkflow', { templateId, documentId: 'doc_1', idempotencyKey: aKey() });
    await graph.idle();
    return read(actor, execution.id);
  };
  const decide = (actor: User, id: string, decision: 'APPROVE' | 'REJECT', of: object = {}) => act(actor, 'decideApproval', { id, decision, idempotencyKey: aKey(), ...of });

  return { graph, aKey, act, join, aMember, aDocument, sendEnvelope, completeEnvelope, aTemplate, read, run, decide };
};

export const signalStep = (signal = 'done') => ({ name: 'Tell', automated: { action: 'SIGNAL', signal } });
export const approvalStep = (approverId: string) => ({ name: 'Read it', approval: { approverId } });
