import { aGuest, aUser } from '@buffrsign/kernel/testing';
import { describe, expect, test } from 'vitest';
import { envelopeChecked } from '../src/events.ts';
import { complianceUnderTest, member, scopes, stranger } from './compliance.ts';

const { cost, graph, refusal, run, tellCompleted, tellSent } = complianceUnderTest();

interface Check {
  readonly id: string;
  readonly trigger: string;
  readonly levels: readonly { readonly level: string; readonly missing: readonly { readonly id: string }[] }[];
  readonly results: readonly { readonly outcome: string; readonly rule: { readonly id: string; readonly source: { readonly confidence: string } } }[];
  readonly isReproducible: boolean;
}

const CHECK = 'id trigger packs evidenceSha256 isReproducible levels { framework level missing { id } } results { outcome reason rule { id source { confidence } } } evidence { sealedSha256 recipients { recipient { id } openedAt } declaration { documentType } }';
const OF_ENVELOPE = `query ($id: ID!) { _entities(representations: [{ __typename: "Envelope", id: $id }]) { ... on Envelope { complianceChecks { ${CHECK} } } } }`;
const CHECK_ENVELOPE = `mutation ($input: CheckEnvelopeInput!) { checkEnvelope(input: $input) { __typename ... on CheckEnvelopeSuccess { complianceCheck { ${CHECK} } } ... on EnvelopeNotCompletedError { message } } }`;

const checksOf = async (actor: ReturnType<typeof member>, id: string) => (await run<{ complianceChecks: Check[] }[]>(actor, OF_ENVELOPE, { id }))[0]!.complianceChecks;
const checkEnvelope = (actor: ReturnType<typeof member>, envelopeId: string, declaration?: object) => run<{ __typename: string; complianceCheck: Check }>(actor, CHECK_ENVELOPE, { input: { envelopeId, declaration } });

describe('a completed envelope', () => {
  test('is checked once by itself, however often it is told', async () => {
    const actor = member();
    const { envelopeId, facts, recipientId } = await tellCompleted(actor);
    for (const fact of facts) await graph().tellAgain(fact);
    const [check, ...more] = await checksOf(actor, envelopeId);
    expect(more).toEqual([]);
    expect(check).toMatchObject({
      trigger: 'COMPLETION',
      packs: ['na-eta-2019@1', 'uncitral-mles-2001@1'],
      isReproducible: true,
      levels: [{ framework: 'NAMIBIA_ETA_2019', level: 'NA_INSUFFICIENT', missing: [{ id: 'NA-17-1' }] }, { framework: 'UNCITRAL_MLES_2001', level: 'MLES_ARGUABLE' }],
      evidence: { sealedSha256: 'a'.repeat(64), recipients: [{ recipient: { id: recipientId }, openedAt: '2026-11-01T09:00:00.000Z' }], declaration: null },
    });
    const said = await graph().said(envelopeChecked);
    expect(said.filter((fact) => fact.subject === envelopeId)).toMatchObject([{ data: { checkId: check!.id, trigger: 'COMPLETION', failed: 0 } }]);
  });

  test('reaches more when a member says what it is and that the parties agreed', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    const { complianceCheck } = await checkEnvelope(actor, envelopeId, { documentType: 'OTHER', partiesAgreed: true });
    expect(complianceCheck).toMatchObject({ trigger: 'REQUEST', isReproducible: true, levels: [{ level: 'NA_AGREED' }, { level: 'MLES_ARGUABLE' }], evidence: { declaration: { documentType: 'OTHER' } } });
    expect(complianceCheck.results.find(({ rule }) => rule.id === 'NA-20-2')).toMatchObject({ outcome: 'PASS', rule: { source: { confidence: 'SECONDARY' } } });
    expect((await checksOf(actor, envelopeId)).map(({ trigger }) => trigger)).toEqual(['REQUEST', 'COMPLETION']);
  });

  test('is out of reach of the Act when it is a will', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    const { complianceCheck } = await checkEnvelope(actor, envelopeId, { documentType: 'WILL', partiesAgreed: true });
    expect(complianceCheck.levels[0]).toMatchObject({ level: 'NA_EXCLUDED', missing: [{ id: 'NA-X-01' }] });
  });

  test('has one check for the same evidence and rules, also when it is asked for twice at once', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    const outcomes = await Promise.all([1, 2].map(() => checkEnvelope(actor, envelopeId, { documentType: 'OTHER' })));
    expect(outcomes[0]!.complianceCheck.id).toBe(outcomes[1]!.complianceCheck.id);
    const again = await checkEnvelope(actor, envelopeId);
    expect(again.complianceCheck.trigger).toBe('COMPLETION');
    expect(await checksOf(actor, envelopeId)).toHaveLength(2);
  });

  test('shows when what was kept of a check was changed afterwards', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    const [check] = await checksOf(actor, envelopeId);
    const row = await graph().tools.db.complianceCheck.findUniqueOrThrow({ where: { id: check!.id } });
    const results = (row.results as { outcome: string }[]).map((result) => ({ ...result, outcome: 'PASS' }));
    await graph().tools.db.complianceCheck.update({ where: { id: row.id }, data: { results: results as never } });
    expect((await checksOf(actor, envelopeId))[0]!.isReproducible).toBe(false);
    await graph().tools.db.complianceCheck.update({ where: { id: row.id }, data: { results: row.results as never, evidence: { ...(row.evidence as object), sentAt: null } } });
    expect((await checksOf(actor, envelopeId))[0]!.isReproducible).toBe(false);
  });
});

describe('an envelope', () => {
  test('that is not completed cannot be checked', async () => {
    const actor = member();
    expect(await checkEnvelope(actor, await tellSent(actor))).toMatchObject({ __typename: 'EnvelopeNotCompletedError' });
  });

  test('that is not known cannot be checked', async () => {
    expect(await refusal(member(), CHECK_ENVELOPE, { input: { envelopeId: 'env_unknown' } })).toBe('NOT_FOUND');
  });
});

describe('checks', () => {
  test('are not there for a member of another organization', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    const [check] = await checksOf(actor, envelopeId);
    expect(await checksOf(stranger, envelopeId)).toEqual([]);
    const seen = await graph().as(stranger)('query ($id: ID!) { complianceCheck(id: $id) { id } complianceChecks { edges { cursor } } _entities(representations: [{ __typename: "ComplianceCheck", id: $id }]) { __typename } }', { id: check!.id });
    expect(seen.data).toEqual({ complianceCheck: null, complianceChecks: { edges: [] }, _entities: [null] });
    expect(await refusal(stranger, CHECK_ENVELOPE, { input: { envelopeId } })).toBe('NOT_FOUND');
  });

  test('are not there for a guest of the envelope, nor for a token without the scope', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    const guest = aGuest({ organizationId: actor.organizationId, resourceId: envelopeId, scopes: ['envelope:sign'] });
    const { errors } = await graph().as(guest)(OF_ENVELOPE, { id: envelopeId });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    expect(await refusal(aUser(['compliance:read']), CHECK_ENVELOPE, { input: { envelopeId } })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await refusal(aUser(scopes.slice(1)), '{ complianceChecks { edges { cursor } } }')).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('cost one query however many envelopes are asked for', async () => {
    const actor = member();
    const envelopes = [await tellCompleted(actor), await tellCompleted(actor), await tellCompleted(actor)];
    const r = envelopes.map(({ envelopeId }) => ({ __typename: 'Envelope', id: envelopeId }));
    expect(await cost(actor, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Envelope { complianceChecks { ${CHECK} } } } }`, { r })).toBe(1);
    const ids = await Promise.all(envelopes.map(async ({ envelopeId }) => (await checksOf(actor, envelopeId))[0]!.id));
    expect(await cost(actor, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on ComplianceCheck { isReproducible } } }', { r: ids.map((id) => ({ __typename: 'ComplianceCheck', id })) })).toBe(1);
  });
});

describe('rules', () => {
  test('are listed with their source and how well it is known', async () => {
    const rules = await run<{ id: string; source: { confidence: string }; effectiveFrom: string }[]>(member(), '{ complianceRules { id packId packVersion framework statement status severity effectiveFrom effectiveTo source { instrument reference confidence note } } }');
    expect(rules.find(({ id }) => id === 'NA-20-2')).toMatchObject({ packId: 'na-eta-2019', packVersion: 1, effectiveFrom: '2026-06-15', source: { reference: 's 20(2)', confidence: 'SECONDARY' } });
    const model = await run<{ id: string }[]>(member(), '{ complianceRules(framework: UNCITRAL_MLES_2001) { id } }');
    expect(model.length).toBeGreaterThan(0);
    expect(model.every(({ id }) => id.startsWith('ML-'))).toBe(true);
  });

  test('are refused to a token without the scope', async () => {
    expect(await refusal(aUser([]), '{ complianceRules { id } }')).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });
});
