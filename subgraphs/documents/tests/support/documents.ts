import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '@buffrsign/kernel';
import { aUser, startTestSubgraph, until } from '@buffrsign/kernel/testing';
import { expect } from 'vitest';
import { documents } from '../../src/subgraph.ts';
import { corpusPdf } from './corpus.ts';

export const SCOPES = ['documents:read', 'documents:write'];
export const aMember = () => aUser(SCOPES);

export interface Created {
  readonly __typename: string;
  readonly document: { readonly id: string; readonly state: string; readonly title: string; readonly filename: string };
  readonly upload: { readonly url: string; readonly method: string; readonly expiresAt: string; readonly maxBytes: number } | null;
  readonly issues: readonly { readonly path: string }[];
}

const CREATE = /* GraphQL */ `
  mutation ($input: CreateDocumentInput!) {
    createDocument(input: $input) {
      __typename
      ... on CreateDocumentSuccess { document { id state title filename } upload { url method expiresAt maxBytes } }
      ... on InvalidInputError { message issues { path message } }
    }
  }
`;

/** The subgraph on a database and a file store of its own, and what its tests do again and again. */
export const startDocuments = async (env: Record<string, string> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  let ahead = 0;
  const graph = await startTestSubgraph(documents, { env: { FILES_DIR: folder, ...env }, now: () => new Date(Date.now() + ahead) });

  const ask = async <Data>(actor: Actor, query: string, variables: Record<string, unknown> = {}): Promise<Data> => {
    const { data, errors } = await graph.as(actor)<Data>(query, variables);
    expect(errors).toBeUndefined();
    return data!;
  };
  const create = async (actor: Actor, input: { title?: string; filename?: string; idempotencyKey?: string; password?: string } = {}): Promise<Created> => {
    const { createDocument } = await ask<{ createDocument: Created }>(actor, CREATE, { input: { title: 'Lease', filename: 'lease.pdf', idempotencyKey: randomUUID(), ...input } });
    return createDocument;
  };
  /** Links name the public address of the server; under test it listens elsewhere. */
  const reach = (url: string): string => `${graph.url}${new URL(url).pathname}`;
  const put = (url: string, body: NonNullable<RequestInit['body']>, headers: Record<string, string> = { 'content-type': 'application/pdf' }): Promise<Response> => fetch(reach(url), { method: 'PUT', body, headers });
  const settled = (id: string) =>
    until(`document ${id} to be settled`, async () => {
      const row = await graph.tools.db.document.findUniqueOrThrow({ where: { id } });
      return row.state !== 'UPLOADING' && row.state !== 'PROCESSING' && row;
    }, 25_000);
  /** Uploads a file and waits for what comes of it; gives the document. */
  const bring = async (actor: Actor, content: string | Uint8Array, input: { title?: string; filename?: string } = {}) => {
    const bytes = typeof content === 'string' ? await readFile(corpusPdf(content)) : content;
    const { document, upload } = await create(actor, input);
    const response = await put(upload!.url, new Uint8Array(bytes));
    expect(response.status).toBe(200);
    return settled(document.id);
  };
  const stop = async (): Promise<void> => {
    await graph.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { graph, folder, ask, create, reach, put, settled, bring, stop, goAhead: (ms: number) => void (ahead += ms) };
};

export type Documents = Awaited<ReturnType<typeof startDocuments>>;
