import { aStranger, anonymous, aUser } from '@buffrsign/kernel/testing';
import type { Guest } from '@buffrsign/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memberScopes, aRecipient, startDesk, type Desk, type Shown } from './support/desk.ts';
import * as operations from './support/operations.ts';

let desk: Desk;
let draft: Shown;
let envelope: Shown;
let guest: Guest;
let guestOfAnother: Guest;
beforeAll(async () => {
  desk = await startDesk();
  draft = await desk.draft();
  envelope = await desk.sent([aRecipient('Ndapewa'), aRecipient('Tangeni')]);
  guest = await desk.enter(envelope.recipients[0]!.id);
  guestOfAnother = await desk.enter((await desk.sent()).recipients[0]!.id);
});
afterAll(() => desk.stop());

const stranger = aStranger([...memberScopes, 'envelope:sign']);
const codeOf = async (actor: Parameters<Desk['ask']>[0], operation: string, variables: object) => (await desk.graph.as(actor)(operation, variables as never)).errors?.[0]?.extensions?.['code'];
const key = { idempotencyKey: 'stranger' };

describe('a stranger', () => {
  test('sees no envelope: not by id, not in a list, not by a document, not by a reference', async () => {
    const { documentId } = await desk.graph.tools.db.envelope.findUniqueOrThrow({ where: { id: envelope.id } });
    const seen = await desk.graph.as(stranger)(
      `query ($id: ID!, $r: [_Any!]!) { envelope(id: $id) { title } envelopes { edges { node { title } } } envelopesAwaitingMe { edges { node { title } } }
        _entities(representations: $r) { ... on Envelope { title } ... on Recipient { name } ... on Document { envelopes { edges { node { title } } } } } }`,
      { id: envelope.id, r: [{ __typename: 'Envelope', id: envelope.id }, { __typename: 'Recipient', id: envelope.recipients[0]!.id }, { __typename: 'Document', id: documentId }] },
    );
    expect(seen).toEqual({
      data: { envelope: null, envelopes: { edges: [] }, envelopesAwaitingMe: { edges: [] }, _entities: [null, null, { envelopes: { edges: [] } }] },
    });
  });

  test.each([
    ['change', operations.UPDATE, () => ({ id: draft.id, title: 'Mine' })],
    ['delete', operations.DELETE, () => ({ id: draft.id })],
    ['send', operations.SEND, () => ({ id: draft.id, ...key })],
    ['resend a link of', operations.RESEND, () => ({ recipientId: envelope.recipients[0]!.id, ...key })],
    ['void', operations.VOID, () => ({ id: envelope.id, reason: 'Mine', ...key })],
  ])('cannot %s an envelope of others', async (_act, operation, input) => {
    expect(await codeOf(stranger, operation, { input: input() })).toBe('NOT_FOUND');
  });

  test('cannot make an envelope of another organization’s document', async () => {
    const { documentId } = await desk.graph.tools.db.envelope.findUniqueOrThrow({ where: { id: envelope.id } });
    expect(await desk.ask(stranger, operations.CREATE, { documentId })).toMatchObject({ __typename: 'DocumentNotReadyError' });
  });

  test('with every scope still signs for nobody: only a guest signs', async () => {
    for (const actor of [stranger, { ...desk.member, scopes: [...memberScopes, 'envelope:sign'] }]) {
      expect(await codeOf(actor, operations.SIGN, { input: { consent: true, values: [], ...key } })).toBe('FORBIDDEN');
      expect(await codeOf(actor, operations.DECLINE, { input: { reason: 'Mine', ...key } })).toBe('FORBIDDEN');
    }
  });
});

describe('a token without the scope', () => {
  test.each([
    ['envelope', 'query { envelope(id: "env_x") { id } }'],
    ['envelopes', '{ envelopes { pageInfo { endCursor } } }'],
    ['envelopesAwaitingMe', '{ envelopesAwaitingMe { pageInfo { endCursor } } }'],
    ['createEnvelope', 'mutation { createEnvelope(input: { documentId: "doc_x" }) { __typename } }'],
    ['updateEnvelope', 'mutation { updateEnvelope(input: { id: "env_x" }) { __typename } }'],
    ['deleteDraft', 'mutation { deleteDraft(input: { id: "env_x" }) { __typename } }'],
    ['sendEnvelope', 'mutation { sendEnvelope(input: { id: "env_x", idempotencyKey: "x" }) { __typename } }'],
    ['resendSigningLink', 'mutation { resendSigningLink(input: { recipientId: "rcp_x", idempotencyKey: "x" }) { __typename } }'],
    ['voidEnvelope', 'mutation { voidEnvelope(input: { id: "env_x", reason: "x", idempotencyKey: "x" }) { __typename } }'],
    ['signEnvelope', 'mutation { signEnvelope(input: { consent: true, values: [], idempotencyKey: "x" }) { __typename } }'],
    ['declineEnvelope', 'mutation { declineEnvelope(input: { reason: "x", idempotencyKey: "x" }) { __typename } }'],
  ])('is refused %s, and so is nobody', async (_field, operation) => {
    expect(await codeOf(aUser([]), operation, {})).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await codeOf(anonymous, operation, {})).toBe('UNAUTHENTICATED');
  });
});

describe('a guest', () => {
  test('sees their own envelope, in lists too, and no other', async () => {
    const { data } = await desk.graph.as(guest)<{ envelopes: { edges: { node: { id: string } }[] } }>('{ envelopes { edges { node { id } } } }');
    expect(data!.envelopes.edges.map(({ node }) => node.id)).toEqual([envelope.id]);
    expect((await desk.graph.as(guestOfAnother)(operations.SHOW, { id: envelope.id })).data).toEqual({ envelope: null });
  });

  test('is not shown the addresses of the other recipients', async () => {
    expect((await desk.show(envelope.id, guest)).recipients.map(({ name, email }) => [name, email])).toEqual([
      ['Ndapewa', 'ndapewa@example.na'],
      ['Tangeni', null],
    ]);
  });

  test('acts for nobody else: a token of another envelope finds no recipient here', async () => {
    const crossed = { ...guestOfAnother, resourceId: envelope.id };
    expect(await codeOf(crossed, operations.SIGN, { input: { consent: true, values: [], ...key } })).toBe('NOT_FOUND');
    const foreign = { ...guest, organizationId: 'org_other' };
    expect(await codeOf(foreign, operations.DECLINE, { input: { reason: 'x', ...key } })).toBe('NOT_FOUND');
  });

  test('has no say over the envelope as a whole', async () => {
    expect(await codeOf(guest, operations.VOID, { input: { id: envelope.id, reason: 'x', ...key } })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    const withScopes = { ...guest, scopes: memberScopes };
    expect(await codeOf(withScopes, operations.VOID, { input: { id: envelope.id, reason: 'x', ...key } })).toBe('FORBIDDEN');
    expect(await codeOf(withScopes, operations.RESEND, { input: { recipientId: guest.id, ...key } })).toBe('FORBIDDEN');
  });
});
