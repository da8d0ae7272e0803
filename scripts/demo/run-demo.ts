import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CreateDocumentDocument, CreateEnvelopeDocument, DocumentProgressDocument, EnvelopeProgressDocument, EnvelopeToSignDocument, NotificationReceivedDocument, OpenSigningLinkDocument, SealedVersionDocument, SendEnvelopeDocument, SignEnvelopeDocument, type FieldKind, type FieldValueInput } from '../../schema/__generated__/graphql.ts';
import { signIn } from './account.ts';
import { checkWithPdfsig, type Check } from './check.ts';
import { createGraphClient, type GraphClient } from './client.ts';
import { openMailbox, signingTokenOf, type Mailbox } from './mailbox.ts';
import { until } from './until.ts';

export interface DemoOptions {
  readonly url: string;
  readonly file: string;
  /** Where the platform's caught mails lie. */
  readonly mails: string;
  /** Where its keys and secrets lie, if on this machine. */
  readonly directory: string;
  readonly out: string;
  /** How many people sign; two when left out, three at most. */
  readonly signers?: number;
  readonly say: (line: string) => void;
}

export interface DemoResult {
  readonly envelopeId: string;
  readonly signedFile: string;
  /** The PAdES level that the signatures reached. */
  readonly level: string | null;
  readonly check: Check;
}

/** The graph refused something that other input would mend; the message is its own. */
export class RefusedError extends Error {
  override name = 'RefusedError';
}

const must = <Outcome extends { __typename: string }, Name extends Outcome['__typename']>(outcome: Outcome, name: Name): Extract<Outcome, { __typename: Name }> => {
  if (outcome.__typename === name) return outcome as Extract<Outcome, { __typename: Name }>;
  const { message, issues } = outcome as { message?: string; issues?: { path: string; message: string }[] };
  throw new RefusedError(issues?.map((issue) => `${issue.path}: ${issue.message}`).join(' ') ?? message ?? outcome.__typename);
};

export const upload = async (graph: GraphClient, file: string, say: DemoOptions['say']): Promise<{ id: string; pageCount: number }> => {
  const bytes = await readFile(file);
  const created = must((await graph.request(CreateDocumentDocument, { input: { title: basename(file, '.pdf'), filename: basename(file), idempotencyKey: randomUUID() } })).createDocument, 'CreateDocumentSuccess');
  // The link is there for whoever comes first with a key; this key is new.
  const link = created.upload!;
  type State = { state: string; pageCount?: number | null; refusal?: { message: string } | null };
  let latest: State | undefined;
  const stop = graph.subscribe(DocumentProgressDocument, { documentId: created.document.id }, ({ documentProgress: { document } }) => {
    latest = document;
    say(`document ${document.state.toLowerCase()}`);
  });
  try {
    const response = await fetch(link.url, { method: link.method, headers: { 'content-type': 'application/pdf' }, body: bytes });
    if (!response.ok) throw new RefusedError(((await response.json()) as { message: string }).message);
    say(`uploaded ${bytes.length} bytes`);
    const done = await until('the document to be inspected', () => (latest?.state === 'READY' || latest?.state === 'REFUSED' ? latest : undefined));
    if (done.refusal) throw new RefusedError(done.refusal.message);
    return { id: created.document.id, pageCount: done.pageCount ?? 1 };
  } finally {
    await stop();
  }
};

const SIGNERS = ['Selma Amadhila', 'Petrus Haufiku', 'Maria ǁGaroëb'] as const;

/** Recipients, one after the other, each with fields on the last page. With the platform's seal there is one signature more. */
export const recipientsFor = (pageCount: number, count = 2) => {
  const run = randomUUID().slice(0, 8);
  return SIGNERS.slice(0, count).map((name, index) => {
    const x = 0.05 + index * 0.32;
    const field = (kind: FieldKind, y: number, height = 0.03) => ({ kind, page: pageCount, x, y, width: 0.26, height, required: true });
    return {
      name,
      email: `${name.split(' ')[0]!.toLowerCase()}.${run}@example.na`,
      routingOrder: index + 1,
      fields: [field('SIGNATURE', 0.8, 0.05), field('DATE_SIGNED', 0.86), { ...field('TEXT', 0.9), label: 'Place' }, { ...field('CHECKBOX', 0.94), width: 0.03 }],
    };
  });
};

/** Lets a person in by the link in their mail. */
export const openLink = async (graph: GraphClient, mailbox: Mailbox, person: { email: string }): Promise<{ guest: GraphClient; envelopeId: string; recipientId: string }> => {
  const mail = await mailbox.receive(person.email, (candidate) => signingTokenOf(candidate) !== undefined);
  const { accessToken, envelopeId, recipientId } = must((await graph.request(OpenSigningLinkDocument, { input: { token: signingTokenOf(mail)! } })).openSigningLink, 'OpenSigningLinkSuccess');
  return { guest: graph.as(accessToken), envelopeId, recipientId };
};

const sign = async (graph: GraphClient, mailbox: Mailbox, person: { name: string; email: string }): Promise<void> => {
  const { guest, envelopeId, recipientId } = await openLink(graph, mailbox, person);
  const { envelope } = await guest.request(EnvelopeToSignDocument, { id: envelopeId });
  const mine = envelope!.recipients.find((recipient) => recipient.id === recipientId)!;
  const values = mine.fields.flatMap(({ id, kind }): FieldValueInput[] => {
    if (kind === 'SIGNATURE' || kind === 'INITIALS') return [{ fieldId: id, text: person.name }];
    if (kind === 'TEXT') return [{ fieldId: id, text: 'Windhoek' }];
    return kind === 'CHECKBOX' ? [{ fieldId: id, checked: true }] : [];
  });
  must((await guest.request(SignEnvelopeDocument, { input: { consent: true, values, idempotencyKey: randomUUID() } })).signEnvelope, 'SignEnvelopeSuccess');
};

type Recipients = ReturnType<typeof recipientsFor>;

export const createEnvelope = async (graph: GraphClient, documentId: string, title: string, recipients: Recipients): Promise<string> =>
  must((await graph.request(CreateEnvelopeDocument, { input: { documentId, title, recipients } })).createEnvelope, 'CreateEnvelopeSuccess').envelope.id;

export const sendEnvelope = async (graph: GraphClient, id: string): Promise<void> =>
  void must((await graph.request(SendEnvelopeDocument, { input: { id, idempotencyKey: randomUUID() } })).sendEnvelope, 'SendEnvelopeSuccess');

const download = async (graph: GraphClient, envelopeId: string, path: string): Promise<string | null> => {
  const { version, level } = await until('the sealed version', async () => {
    const { envelope } = await graph.request(SealedVersionDocument, { envelopeId });
    return envelope?.sealedVersion ? { version: envelope.sealedVersion, level: envelope.sealedDocument?.level ?? null } : undefined;
  });
  const response = await fetch(version.download.url);
  if (!response.ok) throw new Error(`The sealed file could not be downloaded (${response.status}).`);
  await writeFile(path, Buffer.from(await response.arrayBuffer()));
  return level && level.replace('_', '-');
};

interface ShownSealing {
  readonly state: string;
  readonly reason?: string | null;
  readonly signaturesApplied: number;
  readonly signaturesExpected: number;
}
const sealingWords = ({ state, reason, signaturesApplied, signaturesExpected }: ShownSealing): string =>
  `${state.toLowerCase()}, ${signaturesApplied} of ${signaturesExpected} signatures${reason ? `: ${reason}` : ''}`;

/** A real contract, from upload to a sealed PDF on disk, through the gateway alone. */
export const runDemo = async ({ url, file, mails, directory, out, signers, say }: DemoOptions): Promise<DemoResult> => {
  const { graph, name } = await signIn(createGraphClient(url), directory);
  say(`signed in as ${name}`);
  const document = await upload(graph, file, say);

  const recipients = recipientsFor(document.pageCount, signers);
  const envelopeId = await createEnvelope(graph, document.id, basename(file, '.pdf'), recipients);
  let state = 'CREATED';
  let last = '';
  const sayOnce = (line: string): void => {
    // Every event shows the envelope as it is by then, so two steps close to one another may look alike.
    if (line !== last) say(line);
    last = line;
  };
  const stops = [
    graph.subscribe(EnvelopeProgressDocument, { envelopeId }, ({ envelopeProgress: { kind, envelope, recipient } }) => {
      state = envelope.state;
      const sealing = kind === 'SEALING_PROGRESSED' && envelope.sealing ? sealingWords(envelope.sealing) : '';
      sayOnce(`live  ${kind.toLowerCase().replaceAll('_', ' ').padEnd(20)} ${[envelope.document?.title, recipient?.name, sealing].filter(Boolean).join(' · ')}`);
    }),
    graph.subscribe(NotificationReceivedDocument, {}, ({ notificationReceived: { notification } }) => say(`told  ${notification.user?.name ?? 'somebody'}: ${notification.text}`)),
  ];
  try {
    await sendEnvelope(graph, envelopeId);
    const mailbox = openMailbox(mails);
    for (const recipient of recipients) {
      await sign(graph, mailbox, recipient);
      say(`${recipient.name} signed`);
    }
    await until('the envelope to be completed', () => state === 'COMPLETED');
    await mkdir(out, { recursive: true });
    const signedFile = join(out, `${basename(file, '.pdf')}-signed.pdf`);
    const level = await download(graph, envelopeId, signedFile);
    return { envelopeId, signedFile, level, check: await checkWithPdfsig(signedFile, join(directory, 'trust', 'test-root.pem')) };
  } finally {
    for (const stop of stops) await stop();
  }
};
