import type { TestPlatform } from '../../support/test-platform.ts';
import { askAs } from '../support/ask.ts';
import { makeAroundDocuments, MAKE_EVIDENCE } from './around-documents.ts';
import { makeDocument, readFiles } from './documents.ts';
import { createEnvelopes } from './envelopes.ts';
import { makeFigures } from './figures.ts';
import { actAs, type MakerOptions } from './maker.ts';
import { makePapers } from './papers.ts';
import { actorOf, makeOwner, makePeople } from './people.ts';

/** An organization with at least one of everything, and its owner. */
export type World = Awaited<ReturnType<typeof makeWorld>>;

/** What the guest of one envelope may not see: all but the organization and its people, by whom they were asked. */
const idsOf = async ({ records }: MakerOptions, { organizationId }: { organizationId: string }): Promise<ReadonlySet<string>> =>
  new Set([...(await records.ids(organizationId))].filter((id) => !/^(org|usr)_/.test(id)));

/** Somebody in whose organization nothing ever happened. */
export const makeNewcomer = async (platform: TestPlatform) => {
  const input = { name: 'Newcomer', email: 'newcomer@example.na', password: 'correct horse battery staple', organizationName: 'Newcomers', idempotencyKey: 'register' };
  const { tokens: { accessToken } } = await actAs(askAs(platform.url))<{ tokens: { accessToken: string } }>('register', input, 'tokens { accessToken }');
  return { accessToken, actor: actorOf(accessToken) };
};

/** Makes an organization and everything in it through the graph. */
export const makeWorld = async (options: MakerOptions) => {
  const { maker, ...owner } = await makeOwner(options);
  const { inner } = maker;
  const [people, figures, papers, documentId] = await Promise.all([makePeople(maker), makeFigures(maker, options.hook), makePapers(maker), makeDocument(maker, owner.accessToken, inner)]);
  const envelopes = createEnvelopes(maker, documentId, inner);
  const [draft, otherDraft, envelope, completed] = await Promise.all([envelopes.draft(), envelopes.draft(), envelopes.halfSigned(options.neighbour), envelopes.completed()]);
  const ids = {
    documentId,
    draftId: draft.id,
    otherDraftId: otherDraft.id,
    envelopeId: envelope.id,
    completedEnvelopeId: completed.id,
    recipientId: envelope.recipients[0]!.id,
    waitingRecipientId: envelope.recipients[1]!.id,
    signerId: completed.recipients[0]!.id,
    fieldId: envelope.recipients[1]!.fields[0]!.id,
  };
  const files = await readFiles(maker, documentId, completed.id);
  const around = await makeAroundDocuments(maker, { ...ids, ...owner });
  const innerIds = await idsOf(options, owner);
  // Without `-inside`: this one its guest may see.
  const otherDocumentId = await makeDocument(maker, owner.accessToken, options.marker);
  const { accessToken, recipientId, envelopeId, decline } = await createEnvelopes(maker, otherDocumentId, options.marker).opened();
  const sibling = await envelopes.opened();
  await maker.settled();
  // Nothing new is left in the trail: no checkpoint comes by itself while somebody looks whether anything changes.
  await maker.read(MAKE_EVIDENCE, { envelopeId: sibling.envelopeId });
  await maker.settled();
  return {
    ...owner,
    ...people,
    ...figures,
    ...papers,
    ...ids,
    ...files,
    ...around,
    marker: options.marker,
    inner,
    innerIds,
    ids: await options.records.ids(owner.organizationId),
    ask: maker.ask,
    otherDocumentId,
    otherEnvelopeId: envelopeId,
    guest: { accessToken, recipientId, decline, actor: actorOf(accessToken, envelopeId) },
    /** Let in to another envelope of the very document. */
    sibling: { accessToken: sibling.accessToken, actor: actorOf(sibling.accessToken, sibling.envelopeId) },
  };
};
