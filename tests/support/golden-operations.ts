import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DeclineEnvelopeDocument, EnvelopeSignaturesDocument, EnvelopesDocument, LoginDocument, RegisterDocument, VerifyDocumentDocument, VoidEnvelopeDocument } from '../../schema/__generated__/graphql.ts';
import { signIn } from '../../scripts/demo/account.ts';
import { createGraphClient, type GraphClient } from '../../scripts/demo/client.ts';
import { openMailbox } from '../../scripts/demo/mailbox.ts';
import { openLink, runDemo } from '../../scripts/demo/run-demo.ts';
import { corpus } from './corpus.ts';
import { createJourney } from './journey.ts';

/** Where the graph is, and what the platform behind it keeps. */
export interface GoldenGraph {
  readonly url: string;
  /** Where files to be checked are taken. */
  readonly verificationsUrl: string;
  readonly directory: string;
  readonly mails: string;
}

/** The golden operations, all of them, as tests of whatever serves the graph. */
export const testGoldenOperations = (graphNow: () => GoldenGraph): void => {
  const file = join(corpus(), 'minimal-document.pdf');
  const anybody = (): GraphClient => createGraphClient(graphNow().url);
  let sealedFile: string;

  test('carry a contract from an account to a sealed PDF', { timeout: 90_000 }, async () => {
    const { url, mails, directory } = graphNow();
    const said: string[] = [];
    const { check, signedFile } = await runDemo({ url, file, mails, directory, out: join(directory, 'out'), say: (line) => said.push(line) });
    expect(check.valid).toBe(true);
    sealedFile = signedFile;
    // What came live carries fields of other subgraphs: the title from documents, the name from auth.
    const live = said.filter((line) => line.startsWith('live'));
    expect(live.length).toBeGreaterThan(0);
    expect(live.every((line) => line.includes('minimal-document'))).toBe(true);
    expect(said.some((line) => line.startsWith('told  Helena Nangolo: '))).toBe(true);
  });

  test('say to everybody what is true of that PDF', async () => {
    const response = await fetch(graphNow().verificationsUrl, { method: 'POST', headers: { 'content-type': 'application/pdf' }, body: readFileSync(sealedFile) });
    const { uploadId } = (await response.json()) as { uploadId: string };
    const { verifyDocument } = await anybody().request(VerifyDocumentDocument, { input: { uploadId } });
    expect(verifyDocument).toMatchObject({ __typename: 'DocumentVerification', verdict: 'VALID', sealedHereAt: expect.any(String) });
  });

  test('let somebody in again by their password', async () => {
    const input = { email: `petrus.${randomUUID().slice(0, 8)}@example.na`, password: randomBytes(18).toString('base64url') };
    const { register } = await anybody().request(RegisterDocument, { input: { ...input, name: 'Petrus Haufiku', organizationName: 'Skeleton Coast', idempotencyKey: randomUUID() } });
    expect(register).toMatchObject({ __typename: 'RegisterSuccess' });
    const { login } = await anybody().request(LoginDocument, { input });
    expect(login).toMatchObject({ __typename: 'LoginSuccess', user: { name: 'Petrus Haufiku' } });
  });

  test('list envelopes with fields of four subgraphs, decline and void', { timeout: 90_000 }, async () => {
    const { url, mails, directory } = graphNow();
    const { graph } = await signIn(anybody(), directory);
    const journey = await createJourney({ url, directory, file, graph });
    const declined = await journey.send();
    const { guest } = await openLink(graph, openMailbox(mails), declined.people[0]!);
    const refusal = await guest.request(DeclineEnvelopeDocument, { input: { reason: 'The rent is wrong.', idempotencyKey: randomUUID() } });
    expect(refusal.declineEnvelope).toMatchObject({ __typename: 'DeclineEnvelopeSuccess', envelope: { state: 'DECLINED' } });

    const voided = await journey.send();
    const taken = await graph.request(VoidEnvelopeDocument, { input: { id: voided.id, reason: 'Sent by mistake.', idempotencyKey: randomUUID() } });
    expect(taken.voidEnvelope).toMatchObject({ __typename: 'VoidEnvelopeSuccess', envelope: { state: 'VOIDED', endReason: 'Sent by mistake.' } });
    expect(await graph.request(EnvelopeSignaturesDocument, { id: voided.id })).toMatchObject({ envelope: { id: voided.id } });

    const { envelopes } = await graph.request(EnvelopesDocument, { first: 10 });
    expect(envelopes.edges.map(({ node }) => node)).toMatchObject([
      { state: 'VOIDED', document: { title: 'minimal-document', pageCount: 1 }, sender: { name: 'Helena Nangolo' } },
      { state: 'DECLINED', document: { title: 'minimal-document', pageCount: 1 }, sender: { name: 'Helena Nangolo' } },
    ]);
  });
};
