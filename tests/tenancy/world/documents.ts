import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { upload } from '../../../scripts/demo/run-demo.ts';
import type { Maker } from './maker.ts';

/** A document of one page whose title, file name and text carry a word. */
export const makeDocument = async ({ platform }: Maker, accessToken: string, word: string): Promise<string> => {
  const pdf = await PDFDocument.create();
  pdf.addPage().drawText(`Lease of ${word} dated 2 March 2026 for N$ 12 500.00 with ${word} Trading (Pty) Ltd`, { x: 40, y: 700, size: 11 });
  const file = join(platform.directory, `${word}.pdf`);
  await writeFile(file, await pdf.save());
  return (await upload(platform.graph(accessToken), file, () => undefined)).id;
};

/** What is known of the files of a document, and who may read it. */
export const readFiles = async ({ read }: Maker, documentId: string, envelopeId: string) => {
  type Read = { document: { pages: { thumbnailUrl: string }[]; original: { id: string }; prepared: { id: string }; accesses: { edges: { node: { id: string } }[] } }; envelope: { sealedVersion: { id: string } } };
  const { document, envelope } = await read<Read>(
    'query ($documentId: ID!, $envelopeId: ID!) { document(id: $documentId) { pages { thumbnailUrl } original { id } prepared { id } accesses { edges { node { id } } } } envelope(id: $envelopeId) { sealedVersion { id } } }',
    { documentId, envelopeId },
  );
  // Drawn when it is first looked at.
  await fetch(document.pages[0]!.thumbnailUrl);
  return { versionId: document.original.id, preparedVersionId: document.prepared.id, accessId: document.accesses.edges[0]!.node.id, sealedVersionId: envelope.sealedVersion.id };
};
