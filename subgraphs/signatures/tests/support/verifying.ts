import { anonymous } from '@buffrsign/kernel/testing';
import type { SubgraphDefinition } from '@buffrsign/kernel';
import type { Database } from '../../src/database.ts';
import { createServices } from '../../src/services.ts';
import { signatures } from '../../src/subgraph.ts';
import { LIMITS, type Limits } from '../../src/verification/limits.ts';
import { createVerification } from '../../src/verification/service.ts';
import type { Desk } from './desk.ts';

export const VERIFY = /* GraphQL */ `
  query ($input: VerifyDocumentInput!) {
    verifyDocument(input: $input) {
      __typename
      ... on UserError { message }
      ... on DocumentUnreadableError { code detail }
      ... on FileTooLargeError { maxBytes }
      ... on VerificationBusyError { retryAfterSeconds }
      ... on InvalidInputError { issues { path } }
      ... on DocumentVerification {
        verdict level sha256 size revisions checkedAt sealedHereAt
        findings { code severity message }
        signatures {
          kind fieldName claimedAt provenAt reason location algorithm level intact trusted trust revocation coversWholeFile
          signer { commonName organization email serialNumber issuer notBefore notAfter sha256 }
          timestamp { genTime authority trusted }
          changesSince { kind permitted object description }
          findings { code severity message }
        }
      }
    }
  }
`;

/** What of an answer tests look at. */
export interface Verified {
  readonly __typename: string;
  readonly message?: string;
  readonly code?: string;
  readonly detail?: string | null;
  readonly maxBytes?: number;
  readonly verdict?: string;
  readonly level?: string | null;
  readonly sha256?: string;
  readonly size?: number;
  readonly sealedHereAt?: string | null;
  readonly signatures?: readonly { readonly intact: boolean; readonly trusted: boolean; readonly trust: string | null; readonly signer: { readonly commonName: string } | null; readonly changesSince: readonly { readonly permitted: boolean }[] }[];
}

type Definition = Pick<SubgraphDefinition<Database>, 'name'> & typeof signatures;

/** The subgraph with other limits for checking PDFs, or other roots. */
export const withVerification = (more: { readonly limits?: Partial<Limits>; readonly roots?: readonly string[] }): Definition => ({
  ...signatures,
  services: async (source) => ({
    ...(await createServices(source)),
    verification: await createVerification({ env: { ...source.env, VERIFY_ROOTS: [...(more.roots ?? [])] }, log: source.tools.log, now: source.tools.now, limits: { ...LIMITS, ...more.limits } }),
  }),
});

const run = async (desk: Desk, input: object): Promise<Verified> => {
  const { data, errors } = await desk.graph.as(anonymous)<{ verifyDocument: Verified }>(VERIFY, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.verifyDocument;
};

/** Asks as nobody in particular, with the file in the operation. */
export const verify = (desk: Desk, pdf: Uint8Array): Promise<Verified> => run(desk, { content: Buffer.from(pdf).toString('base64') });
/** Asks as nobody in particular about a file that was sent, or with whatever input. */
export const verifyBy = run;

/** Sends a file to `POST /verifications`. */
export const send = (desk: Desk, body: RequestInit['body'], headers: Record<string, string> = { 'content-type': 'application/pdf' }): Promise<Response> =>
  fetch(`${desk.graph.url}/verifications`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);

export const upload = async (desk: Desk, pdf: Uint8Array): Promise<string> => {
  const response = await send(desk, pdf as RequestInit['body']);
  return ((await response.json()) as { uploadId: string }).uploadId;
};
