import { aStranger, aUser, startTestSubgraph, until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll } from 'vitest';
import { integrations } from '../src/subgraph.ts';

export const scopes = ['integrations:read', 'integrations:write'];
export const stranger = aStranger(scopes);
export const member = () => aUser(scopes);

const start = (now: () => Date) => startTestSubgraph(integrations, { env: { WEBHOOKS_ALLOW_LOOPBACK: 'true' }, now });
type Graph = Awaited<ReturnType<typeof start>>;
type Member = ReturnType<typeof member>;

export interface Delivery {
  readonly id: string;
  readonly state: string;
  readonly eventType: string;
  readonly messageId: string;
  readonly body: string;
  readonly attemptCount: number;
  readonly nextAttemptAt: string | null;
  readonly attempts: readonly { readonly number: number; readonly outcome: string; readonly status: number | null }[];
}

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly state: string;
  readonly disabledReason: string | null;
  readonly failingSince: Date | null;
  readonly previousSecretUntil: Date | null;
}

const ENDPOINT = 'id url eventTypes state disabledReason failingSince previousSecretUntil';
const DELIVERY = 'id state eventType messageId body attemptCount nextAttemptAt attempts { number outcome status }';

export const CREATE = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename ... on CreateWebhookEndpointSuccess { secret webhookEndpoint { ${ENDPOINT} } } ... on InvalidInputError { issues { path } } } }`;
export const UPDATE = `mutation ($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) { __typename ... on UpdateWebhookEndpointSuccess { webhookEndpoint { ${ENDPOINT} } } ... on InvalidInputError { issues { path } } } }`;
export const DELETE = 'mutation ($id: ID!) { deleteWebhookEndpoint(input: { id: $id }) { ... on DeleteWebhookEndpointSuccess { deletedId } } }';
export const ROTATE = `mutation ($id: ID!) { rotateWebhookSecret(input: { id: $id }) { ... on RotateWebhookSecretSuccess { secret webhookEndpoint { ${ENDPOINT} } } } }`;
export const TEST = `mutation ($id: ID!) { testWebhookEndpoint(input: { id: $id }) { __typename ... on TestWebhookEndpointSuccess { webhookDelivery { ${DELIVERY} } } } }`;
export const RESEND = `mutation ($id: ID!) { resendWebhookDelivery(input: { id: $id }) { __typename ... on ResendWebhookDeliverySuccess { webhookDelivery { ${DELIVERY} } } } }`;
export const GET_ENDPOINT = `query ($id: ID!) { webhookEndpoint(id: $id) { ${ENDPOINT} } }`;
const DELIVERIES = `query ($id: ID!) { webhookDeliveries(webhookEndpointId: $id) { edges { node { ${DELIVERY} } } } }`;

/** The subgraph for a test file. `clock.now` decides what time it is to it; the queue asks Postgres. */
export const integrationsUnderTest = (clock: { now: () => Date } = { now: () => new Date() }) => {
  const own: { graph?: Graph } = {};
  beforeAll(async () => {
    own.graph = await start(() => clock.now());
  });
  afterAll(() => own.graph?.stop());
  const graph = () => own.graph!;
  const run = async <Field>(actor: Member, query: string, variables: Record<string, unknown> = {}): Promise<Field> => {
    const { data, errors } = await graph().as(actor)<Record<string, Field>>(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data!)[0]!;
  };
  return {
    graph,
    run,
    create: (actor: Member, url: string, input: object = {}) => run<{ __typename: string; secret: string; webhookEndpoint: Endpoint; issues: { path: string }[] }>(actor, CREATE, { input: { url, eventTypes: ['ENVELOPE_COMPLETED'], ...input } }),
    endpoint: (actor: Member, id: string) => run<Endpoint>(actor, GET_ENDPOINT, { id }),
    /** The deliveries to an endpoint, newest first, once every job that could run has run. */
    async deliveries(actor: Member, id: string): Promise<readonly Delivery[]> {
      await graph().idle();
      const { edges } = await run<{ edges: { node: Delivery }[] }>(actor, DELIVERIES, { id });
      return edges.map(({ node }) => node);
    },
    async refusal(actor: Member, query: string, variables: Record<string, unknown>): Promise<unknown> {
      return (await graph().as(actor)(query, variables)).errors?.[0]?.extensions?.['code'];
    },
    async cost(actor: Member, query: string, variables: Record<string, unknown> = {}): Promise<number> {
      await graph().idle();
      await until('every fact to be out', async () => (await graph().tools.db.outboxMessage.count({ where: { sentAt: null } })) === 0);
      return graph().countQueries(() => graph().as(actor)(query, variables));
    },
  };
};
