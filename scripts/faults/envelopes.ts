import { newId } from '@buffrsign/kernel/platform';
import { anonymous, type Guest, type User } from '@buffrsign/kernel/gateway';
import type { Client } from './client.ts';
import { pick } from './random.ts';

const SIGNATURE = { kind: 'SIGNATURE', page: 1, x: 0.1, y: 0.7, width: 0.3, height: 0.06 } as const;
const NAMES = ['Ndapewa Shilongo', 'Pieter !Gaeb', 'Zoë Müller'] as const;

const CREATE = `mutation ($input: CreateEnvelopeInput!) { createEnvelope(input: $input) { __typename ... on CreateEnvelopeSuccess { envelope { id recipients { id fields { id kind } } } } } }`;
const SEND = `mutation ($input: SendEnvelopeInput!) { sendEnvelope(input: $input) { __typename } }`;
const OPEN = `mutation ($input: OpenSigningLinkInput!) { openSigningLink(input: $input) { __typename } }`;
const SIGN = `mutation ($input: SignEnvelopeInput!) { signEnvelope(input: $input) { __typename } }`;

interface Drafted {
  readonly __typename: string;
  readonly envelope: { readonly id: string; readonly recipients: readonly { readonly id: string; readonly fields: readonly { readonly id: string; readonly kind: string }[] }[] };
}

/** What one envelope must come to. */
export interface Expected {
  readonly envelopeId: string;
  readonly recipientIds: readonly string[];
}

const assertOutcome = (outcome: { readonly __typename: string }, ...wanted: readonly string[]): void => {
  if (!wanted.includes(outcome.__typename)) throw new Error(`Wanted ${wanted.join(' or ')}, got ${JSON.stringify(outcome)}`);
};

/** The secret in the newest link that a recipient was sent; waits until there is one. */
export type LinkOf = (recipientId: string) => Promise<string>;

/** Takes an envelope from the draft to the last signature, as three people with patient clients would. `isDrafted` comes before it is sent. */
export const carryEnvelope = async (client: Client, member: User, documentId: string, linkOf: LinkOf, random: () => number, isDrafted = async (_envelopeId: string): Promise<void> => undefined): Promise<Expected> => {
  const inOrder = random() < 0.5;
  const recipients = NAMES.map((name, index) => ({
    name,
    email: `${index}@example.na`,
    routingOrder: inOrder ? index + 1 : 1,
    fields: [SIGNATURE, { ...SIGNATURE, kind: 'DATE_SIGNED', y: 0.8 }, { ...SIGNATURE, kind: 'TEXT', y: 0.9, required: false }].map((field) => ({ ...field, x: 0.05 + 0.3 * index, width: 0.25 })),
  }));
  const drafted = await client.ask<Drafted>(member, CREATE, { input: { documentId, title: 'Lease', recipients } });
  assertOutcome(drafted, 'CreateEnvelopeSuccess');
  const { id: envelopeId, recipients: made } = drafted.envelope;
  await isDrafted(envelopeId);
  // An answer that was lost is asked for again with the same key; both answers are the same success.
  assertOutcome(await client.ask(member, SEND, { input: { id: envelopeId, idempotencyKey: newId('key') } }), 'SendEnvelopeSuccess');
  const left = [...made];
  while (left.length > 0) {
    const recipient = inOrder ? left[0]! : pick(left, random);
    left.splice(left.indexOf(recipient), 1);
    const guest: Guest = { kind: 'guest', id: recipient.id, organizationId: member.organizationId, resourceId: envelopeId, scopes: ['envelope:sign'] };
    assertOutcome(await client.ask(anonymous, OPEN, { input: { token: await linkOf(recipient.id) } }), 'OpenSigningLinkSuccess');
    const values = recipient.fields.flatMap(({ id, kind }) => (kind === 'SIGNATURE' ? [{ fieldId: id, text: 'N. Shilongo' }] : kind === 'TEXT' ? [{ fieldId: id, text: 'Windhoek' }] : []));
    assertOutcome(await client.ask(guest, SIGN, { input: { consent: true, values, idempotencyKey: newId('key') } }), 'SignEnvelopeSuccess');
  }
  return { envelopeId, recipientIds: made.map(({ id }) => id) };
};
