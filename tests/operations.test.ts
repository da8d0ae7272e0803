import { randomUUID } from 'node:crypto';
import { buildSchema, parse, validate } from 'graphql';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeclineEnvelopeDocument, EnvelopesDocument, VerifyDocumentDocument, VoidEnvelopeDocument } from '../schema/__generated__/graphql.ts';
import { signIn } from '../scripts/demo/account.ts';
import { openMailbox } from '../scripts/demo/mailbox.ts';
import { openLink, runDemo } from '../scripts/demo/run-demo.ts';
import { corpus } from './support/corpus.ts';
import { createJourney } from './support/journey.ts';
import { startTestPlatform, type TestPlatform } from './support/test-platform.ts';

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const files = globSync('schema/operations/*.graphql').sort();

describe('golden operations', () => {
  test.each(files)('%s is valid against what clients see, and is the one operation of its file', (path) => {
    const document = parse(readFileSync(path, 'utf8'));
    expect(validate(schema, document)).toEqual([]);
    expect(document.definitions.map((definition) => ('name' in definition ? definition.name?.value : ''))).toEqual([path.split('/').at(-1)!.replace('.graphql', '')]);
  });
});

describe('golden operations on the running graph', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(() => platform.stop());
  const file = join(corpus(), 'minimal-document.pdf');
  let sealedFile: string;

  test('carry a contract from an account to a sealed PDF', async () => {
    const said: string[] = [];
    const { check, signedFile } = await runDemo({ url: platform.url, file, mails: platform.mails, directory: platform.directory, out: join(platform.directory, 'out'), say: (line) => said.push(line) });
    expect(check.valid).toBe(true);
    sealedFile = signedFile;
    // What came live carries fields of other subgraphs: the title from documents, the name from auth.
    expect(said.filter((line) => line.startsWith('live')).every((line) => line.includes('minimal-document'))).toBe(true);
    expect(said.some((line) => line.startsWith('told  Helena Nangolo: '))).toBe(true);
  });

  test('say to everybody what is true of that PDF, sent through the gateway', async () => {
    const response = await fetch(new URL('/verifications', platform.url), { method: 'POST', headers: { 'content-type': 'application/pdf' }, body: readFileSync(sealedFile) });
    const { uploadId } = (await response.json()) as { uploadId: string };
    const { verifyDocument } = await platform.graph().request(VerifyDocumentDocument, { input: { uploadId } });
    expect(verifyDocument).toMatchObject({ __typename: 'DocumentVerification', verdict: 'VALID', sealedHereAt: expect.any(String) });
    expect((await fetch(new URL('/verify', platform.url))).status).toBe(200);
  });

  test('list envelopes with fields of four subgraphs, decline and void', async () => {
    const { graph } = await signIn(platform.graph(), platform.directory);
    const journey = await createJourney({ url: platform.url, directory: platform.directory, file, graph });
    const declined = await journey.send();
    const mailbox = openMailbox(platform.mails);
    const { guest } = await openLink(graph, mailbox, declined.people[0]!);
    const refusal = await guest.request(DeclineEnvelopeDocument, { input: { reason: 'The rent is wrong.', idempotencyKey: randomUUID() } });
    expect(refusal.declineEnvelope).toMatchObject({ __typename: 'DeclineEnvelopeSuccess', envelope: { state: 'DECLINED' } });

    const voided = await journey.send();
    const taken = await graph.request(VoidEnvelopeDocument, { input: { id: voided.id, reason: 'Sent by mistake.', idempotencyKey: randomUUID() } });
    expect(taken.voidEnvelope).toMatchObject({ __typename: 'VoidEnvelopeSuccess', envelope: { state: 'VOIDED', endReason: 'Sent by mistake.' } });

    const { envelopes } = await graph.request(EnvelopesDocument, { first: 10 });
    expect(envelopes.edges.map(({ node }) => node)).toMatchObject([
      { state: 'VOIDED', document: { title: 'minimal-document', pageCount: 1 }, sender: { name: 'Helena Nangolo' } },
      { state: 'DECLINED', document: { title: 'minimal-document', pageCount: 1 }, sender: { name: 'Helena Nangolo' } },
    ]);
  });
});
