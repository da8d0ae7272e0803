import { until } from '@buffrsign/kernel/testing';
import { signingTokenOf } from '../../../scripts/demo/mailbox.ts';
import { askAs } from '../support/ask.ts';
import { actAs, type Maker } from './maker.ts';

interface Person {
  readonly name: string;
  readonly email: string;
}

interface Envelope {
  readonly id: string;
  readonly recipients: readonly { readonly id: string; readonly fields: readonly { readonly id: string }[] }[];
}
const SHOWN = 'envelope { id recipients { id fields { id } } }';

const field = (kind: string, label: string | undefined, y: number) => ({ kind, page: 1, x: 0.1, y, width: 0.3, height: 0.05, ...(label && { label }) });

let addresses = 0;
/** Somebody whose mails are nobody else's. */
const aPerson = (word: string): Person => ({ name: `Selma ${word}`, email: `selma.${(addresses += 1)}@${word}.example.na` });

/** Drafts, sends and signs envelopes of one document. */
export const createEnvelopes = ({ act, read, platform, mailbox }: Maker, documentId: string, word: string) => {
  const draft = (people: readonly Person[]) => {
    const recipients = people.map((person, index) => ({ ...person, routingOrder: index + 1, fields: [field('SIGNATURE', undefined, 0.3), field('TEXT', `Place ${word}`, 0.5)] }));
    return act<{ envelope: Envelope }>('createEnvelope', { documentId, title: `Lease ${word}`, message: `Please sign ${word}`, recipients }, SHOWN);
  };

  const letIn = async (person: Person) => {
    const mail = await mailbox.receive(person.email, (candidate) => signingTokenOf(candidate) !== undefined);
    type Opened = { accessToken: string; envelopeId: string; recipientId: string };
    const { accessToken, envelopeId, recipientId } = await actAs(askAs(platform.url))<Opened>('openSigningLink', { token: signingTokenOf(mail)! }, 'accessToken envelopeId recipientId');
    const { data } = await askAs(platform.url, accessToken)('query ($id: ID!) { envelope(id: $id) { id recipients { id fields { id } } } }', { id: envelopeId });
    const fields = (data!['envelope'] as Envelope).recipients.find(({ id }) => id === recipientId)!.fields;
    const sign = async () => {
      await actAs(askAs(platform.url, accessToken))('signEnvelope', { consent: true, idempotencyKey: 'sign', values: fields.map(({ id }) => ({ fieldId: id, text: `Windhoek ${word}` })) }, 'envelope { id }');
    };
    const decline = async () => {
      await actAs(askAs(platform.url, accessToken))('declineEnvelope', { reason: `Not me, ${word}`, idempotencyKey: 'decline' }, 'envelope { id }');
    };
    return { accessToken, recipientId, envelopeId, sign, decline };
  };

  const send = async (...people: readonly Person[]) => {
    const { envelope } = await draft(people);
    await act('sendEnvelope', { id: envelope.id, idempotencyKey: `send ${envelope.id}` }, 'envelope { id }');
    return envelope;
  };

  return {
    draft: async () => (await draft([aPerson(word)])).envelope,
    /** Sent to one person, who came by their link. */
    async opened() {
      const person = aPerson(word);
      await send(person);
      return letIn(person);
    },
    /** Asked of two, signed by the first; the second has an address of their own to give. */
    async halfSigned(email: string) {
      const [first, second] = [aPerson(word), { ...aPerson(word), email }];
      const envelope = await send(first, second);
      await (await letIn(first)).sign();
      await letIn(second);
      return envelope;
    },
    async completed() {
      const person = aPerson(word);
      const envelope = await send(person);
      await (await letIn(person)).sign();
      await until('the envelope to be completed', async () => (await read<{ envelope: { sealedVersion: unknown } }>('query ($id: ID!) { envelope(id: $id) { sealedVersion { id } } }', { id: envelope.id })).envelope.sealedVersion, 60_000);
      return envelope;
    },
  };
};
