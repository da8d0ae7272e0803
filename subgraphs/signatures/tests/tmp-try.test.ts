import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRecipient, startDesk, type Desk } from './support/desk.ts';
import { pdfsig } from './support/pdfsig.ts';
let desk: Desk;
beforeAll(async () => { desk = await startDesk(); });
afterAll(() => desk.stop());
test('x', { timeout: 60000 }, async () => {
  const envelope = await desk.sent([aRecipient('Hilma'), aRecipient('Paulus', 2)]);
  await desk.allSign(envelope);
  const done = await desk.completed(envelope.id).catch(async (e) => { console.log(JSON.stringify(await desk.show(envelope.id), null, 1)); throw e; });
  console.log(done.sealing);
  const sealed = await desk.graph.tools.services.files.readAll(desk.member.organizationId, done.sealedDocument!.sha256);
  await writeFile('/tmp/sealed.pdf', sealed);
  console.log(await pdfsig(sealed, `${desk.folder}/trust/test-root.pem`));
  expect(1).toBe(1);
});
