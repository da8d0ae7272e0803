import { documentReady } from '@buffrsign/documents/events';
import { newId, open, type Client, type EventData, type Guest, type SubgraphDefinition, type User } from '@buffrsign/kernel';
import { aUser, anonymous, startTestSubgraph, testSecrets, until, type TestSubgraph } from '@buffrsign/kernel/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Database } from '../../src/database.ts';
import { recipientSent } from '../../src/events.ts';
import type { Services } from '../../src/services.ts';
import { signatures } from '../../src/subgraph.ts';
import { corpusPdf } from './corpus.ts';
import * as operations from './operations.ts';

export const memberScopes = ['envelopes:read', 'envelopes:write'];
export type Graph = TestSubgraph<Database, Services>;

/** An outcome of a mutation: which one, and whatever was asked of it. */
export interface Outcome {
  readonly __typename: string;
  readonly message?: string;
  readonly state?: string;
  readonly envelope?: Shown;
  readonly recipient?: ShownRecipient;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly reason?: string;
  readonly missing?: readonly string[];
  readonly fields?: readonly { readonly id: string }[];
  readonly ahead?: number;
  readonly accessToken?: string;
  readonly envelopeId?: string;
  readonly recipientId?: string;
}
export interface ShownRecipient {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly state: string;
  readonly fields: readonly { readonly id: string; readonly kind: string; readonly page: number }[];
}
export interface ShownSealing {
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly signaturesExpected: number;
  readonly signaturesApplied: number;
  readonly levelRequired: string | null;
  readonly levelReached: string | null;
  readonly timestampAuthority: string | null;
  readonly nextAttemptAt: string | null;
}
export interface Shown {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly recipients: readonly ShownRecipient[];
  readonly sealing: ShownSealing | null;
  readonly sealedDocument: { readonly sha256: string; readonly size: number } | null;
}

/** Far more than it takes on a machine that has something else to do. */
const COMPLETED_WITHIN_MS = 60_000;

const SIGNATURE = { kind: 'SIGNATURE', page: 1, x: 0.1, y: 0.7, width: 0.3, height: 0.06 } as const;

/** A recipient with a signature and a date. */
export const aRecipient = (name: string, routingOrder = 1, fields: readonly object[] = [SIGNATURE, { ...SIGNATURE, kind: 'DATE_SIGNED', y: 0.8 }]) => ({
  name,
  email: `${name.toLowerCase().replaceAll(/\W/g, '.')}@example.na`,
  routingOrder,
  fields,
});

/** What documents may tell of a document beside what it tells of all. */
type Told = Partial<Pick<EventData<typeof documentReady>, 'signed' | 'emptySignatureFields' | 'fields' | 'originalSha256'>>;

/** A subgraph under test with one document, and short words for what people do with envelopes. */
export interface Desk {
  readonly graph: Graph;
  readonly member: User;
  readonly folder: string;
  /** What a mutation answers to an actor. */
  ask(actor: User | Guest | typeof anonymous, operation: string, input: object, client?: Client): Promise<Outcome>;
  /** A document of the desk's organization, ready to be signed. */
  document(pdf?: string | Uint8Array, of?: { readonly organizationId: string; readonly pages?: number } & Told): Promise<string>;
  draft(recipients?: readonly object[], more?: object): Promise<Shown>;
  /** A draft that was sent at once. */
  sent(recipients?: readonly object[], more?: object): Promise<Shown>;
  show(id: string, actor?: User | Guest): Promise<Shown>;
  /** The secret in the newest link that a recipient was sent. */
  token(recipientId: string): Promise<string>;
  /** Opens a recipient's newest link and gives the guest that they then are. */
  enter(recipientId: string): Promise<Guest>;
  sign(guest: Guest, more?: object): Promise<Outcome>;
  /** The same, by the ids of recipients: everybody opens their link and signs. */
  allSign(envelope: Shown): Promise<void>;
  completed(id: string): Promise<Shown>;
  stop(): Promise<void>;
}

type Definition = Pick<SubgraphDefinition<Database>, 'name'> & typeof signatures;

export const startDesk = async (options: { readonly definition?: Definition; readonly now?: () => Date; readonly env?: Readonly<Record<string, string>> } = {}): Promise<Desk> => {
  const folder = await mkdtemp(join(tmpdir(), 'buffrsign-signatures-'));
  const env = { TRUST_DIR: join(folder, 'trust'), FILES_DIR: join(folder, 'files'), VERIFICATION_DIR: join(folder, 'verifications'), ...options.env };
  const graph: Graph = await startTestSubgraph(options.definition ?? signatures, { env, ...(options.now && { now: options.now }) });
  const member = aUser(memberScopes);
  let standard: Promise<string> | undefined;

  const desk: Desk = {
    graph,
    member,
    folder,
    async ask(actor, operation, input, client) {
      const { data, errors } = await graph.as(actor, client)<Record<string, Outcome>>(operation, { input });
      if (errors) throw new Error(JSON.stringify(errors));
      return Object.values(data!)[0]!;
    },
    async document(pdf = 'pdflatex-4-pages.pdf', { organizationId, pages = 4, ...told } = { organizationId: member.organizationId }) {
      const bytes = typeof pdf === 'string' ? await corpusPdf(pdf) : pdf;
      const { sha256, size } = await graph.tools.services.files.put(organizationId, Readable.from([bytes]), { maxBytes: bytes.length });
      const documentId = newId('doc');
      const page = { width: 595, height: 842 };
      const data = { documentId, versionId: newId('ver'), title: 'Lease', sha256, textSha256: sha256, size, pages: Array.from({ length: pages }, (_, index) => ({ ...page, number: index + 1 })), uploadedBy: member.id, ...told };
      await graph.tell(documentReady, { subject: documentId, organizationId }, data);
      return documentId;
    },
    async draft(recipients = [aRecipient('Ndapewa Shilongo')], more = {}) {
      const documentId = await (standard ??= desk.document());
      const outcome = await desk.ask(member, operations.CREATE, { documentId, recipients, ...more });
      if (!outcome.envelope) throw new Error(JSON.stringify(outcome));
      return outcome.envelope;
    },
    async sent(recipients, more) {
      const { id } = await desk.draft(recipients, more);
      const outcome = await desk.ask(member, operations.SEND, { id, idempotencyKey: `send ${id}` });
      if (!outcome.envelope) throw new Error(JSON.stringify(outcome));
      return outcome.envelope;
    },
    async show(id, actor = member) {
      const { data, errors } = await graph.as(actor)<{ envelope: Shown | null }>(operations.SHOW, { id });
      if (errors || !data?.envelope) throw new Error(`There is no envelope ${id} for this actor: ${JSON.stringify(errors)}`);
      return data.envelope;
    },
    async token(recipientId) {
      const facts = (await graph.said(recipientSent)).filter((fact) => fact.data.recipientId === recipientId);
      return open(facts.at(-1)!.data.sealedLink, testSecrets.DATA_KEY).split('/sign/')[1]!;
    },
    async enter(recipientId) {
      const outcome = await desk.ask(anonymous, operations.OPEN, { token: await desk.token(recipientId) });
      if (!outcome.envelopeId) throw new Error(JSON.stringify(outcome));
      return { kind: 'guest', id: recipientId, organizationId: member.organizationId, resourceId: outcome.envelopeId, scopes: ['envelope:sign'] };
    },
    async sign(guest, more = {}) {
      const { recipients } = await desk.show(guest.resourceId, guest);
      const fields = recipients.find(({ id }) => id === guest.id)!.fields;
      const values = fields.filter(({ kind }) => kind === 'SIGNATURE' || kind === 'INITIALS').map(({ id }) => ({ fieldId: id, text: 'N. Shilongo' }));
      return desk.ask(guest, operations.SIGN, { consent: true, values, idempotencyKey: `sign ${guest.id}`, ...more });
    },
    async allSign({ recipients }) {
      for (const { id } of recipients) await desk.sign(await desk.enter(id));
    },
    async completed(id) {
      // Asked of the row: to ask the graph again and again would hold up what is waited for.
      await until('the envelope to be completed', () => graph.tools.db.envelope.findFirst({ where: { id, state: 'COMPLETED' }, select: { id: true } }), COMPLETED_WITHIN_MS);
      return desk.show(id);
    },
    async stop() {
      await graph.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return desk;
};
