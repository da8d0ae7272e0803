import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { EnvelopeToSignDocument, SealedVersionDocument, SignEnvelopeDocument } from '../../schema/__generated__/graphql.ts';
import { signIn } from '../../scripts/demo/account.ts';
import { createGraphClient, type GraphClient } from '../../scripts/demo/client.ts';
import { openMailbox } from '../../scripts/demo/mailbox.ts';
import { createEnvelope, openLink, recipientsFor, sendEnvelope, upload } from '../../scripts/demo/run-demo.ts';

export interface SentEnvelope {
  readonly id: string;
  readonly people: readonly { readonly name: string; readonly email: string }[];
  /** One key for each person's signature, used again when the signature is repeated. */
  readonly keys: readonly string[];
}

export interface Journey {
  send(): Promise<SentEnvelope>;
  signAllButLast(envelope: SentEnvelope): Promise<void>;
  signLast(envelope: SentEnvelope): Promise<void>;
  signInAgain(): Promise<void>;
  stateOf(id: string): Promise<string | undefined>;
  /** How many mails of completion each person got. */
  completionMails(envelope: SentEnvelope): Promise<readonly number[]>;
}

/** One organization with one document that is sent and signed again and again, by HTTP like anybody. */
export const createJourney = async ({ url, directory, file, ...given }: { url: string; directory: string; file: string; graph?: GraphClient }): Promise<Journey> => {
  let graph: GraphClient = given.graph ?? (await signIn(createGraphClient(url), directory)).graph;
  const document = await upload(graph, file, () => undefined);
  const mailbox = openMailbox(join(directory, 'mails'));

  const sign = async (envelope: SentEnvelope, index: number): Promise<void> => {
    const { guest, envelopeId, recipientId } = await openLink(graph, mailbox, envelope.people[index]!);
    const { envelope: seen } = await guest.request(EnvelopeToSignDocument, { id: envelopeId });
    const { fields } = seen!.recipients.find((recipient) => recipient.id === recipientId)!;
    const values = fields.filter(({ kind }) => kind !== 'DATE_SIGNED').map(({ id, kind }) => (kind === 'CHECKBOX' ? { fieldId: id, checked: true } : { fieldId: id, text: 'Windhoek' }));
    const { signEnvelope } = await guest.request(SignEnvelopeDocument, { input: { consent: true, values, idempotencyKey: envelope.keys[index]! } });
    if (signEnvelope.__typename !== 'SignEnvelopeSuccess' && signEnvelope.__typename !== 'AlreadySignedError') throw new Error(`Signing was refused: ${signEnvelope.__typename}`);
  };

  return {
    async send() {
      const people = recipientsFor(document.pageCount);
      const id = await createEnvelope(graph, document.id, basename(file, '.pdf'), people);
      await sendEnvelope(graph, id);
      return { id, people, keys: people.map(() => randomUUID()) };
    },
    async signAllButLast(envelope) {
      for (let index = 0; index < envelope.people.length - 1; index += 1) await sign(envelope, index);
      // The last link is out before the kill, so that what is killed is the sealing.
      await openLink(graph, mailbox, envelope.people.at(-1)!);
    },
    signLast: (envelope) => sign(envelope, envelope.people.length - 1),
    async signInAgain() {
      graph = (await signIn(createGraphClient(url), directory)).graph;
    },
    stateOf: async (id) => (await graph.request(SealedVersionDocument, { envelopeId: id })).envelope?.state,
    completionMails: (envelope) =>
      Promise.all(envelope.people.map(async ({ email }) => (await mailbox.all(email)).filter((mail) => /^Signed by all: /.test(mail.subject ?? '')).length)),
  };
};
