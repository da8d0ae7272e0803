import { aGuest, aStranger, aUser, startTestSubgraph, until } from '@buffrsign/kernel/testing';
import { newId } from '@buffrsign/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verificationDecided, verificationExpired } from '../src/events.ts';
import { kyc } from '../src/subgraph.ts';
import { expireVerification } from '../src/use-cases/index.ts';
import { withDigits } from './documents.ts';

const scopes = ['verifications:read', 'verifications:write', 'verifications:review'];
const member = (of: Partial<ReturnType<typeof aUser>> = {}) => aUser(scopes, of);
type Member = ReturnType<typeof member>;
const stranger = aStranger(scopes);
const DAY_MS = 86_400_000;

const start = () => startTestSubgraph(kyc, { now: () => now() });
let now = () => new Date();
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
});
afterAll(() => graph.stop());

interface Verification {
  readonly id: string;
  readonly state: string;
  readonly decisionReason: string | null;
  readonly reviewer: { readonly id: string } | null;
  readonly expiresAt: Date | null;
  readonly document: { readonly maskedNumber: string } | null;
  readonly checks: readonly { readonly kind: string; readonly verdict: string }[];
}
interface Outcome { readonly __typename: string; readonly verification: Verification; readonly issues: readonly { readonly path: string }[]; readonly message: string }

const FIELDS = 'id state personName dateOfBirth decisionReason decidedAt expiresAt recipient { id } startedBy { id } reviewer { id } document { type maskedNumber issuingState expiresOn } checks { kind verdict reason }';
const outcome = (name: string) => `__typename ... on ${name}Success { verification { ${FIELDS} } } ... on UserError { message } ... on InvalidInputError { issues { path } }`;
const START = `mutation ($input: StartVerificationInput!) { startVerification(input: $input) { ${outcome('StartVerification')} } }`;
const ADD = `mutation ($input: AddVerificationDocumentInput!) { addVerificationDocument(input: $input) { ${outcome('AddVerificationDocument')} } }`;
const TAKE = `mutation ($input: TakeVerificationInput!) { takeVerification(input: $input) { __typename ... on TakeVerificationSuccess { verification { ${FIELDS} } } ... on UserError { message } } }`;
const DECIDE = `mutation ($input: DecideVerificationInput!) { decideVerification(input: $input) { ${outcome('DecideVerification')} } }`;
const GET = `query ($id: ID!) { verification(id: $id) { ${FIELDS} } }`;

const run = async <Field>(actor: Member, query: string, variables: Record<string, unknown> = {}): Promise<Field> => {
  const { data, errors } = await graph.as(actor)<Record<string, Field>>(query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0]!;
};
const refusal = async (actor: Parameters<typeof graph.as>[0], query: string, variables: Record<string, unknown> = {}) => (await graph.as(actor)(query, variables)).errors?.[0]?.extensions?.['code'];
const cost = async (actor: Member, query: string, variables: Record<string, unknown>) => {
  await until('every fact to be out', async () => (await graph.tools.db.outboxMessage.count({ where: { sentAt: null } })) === 0);
  return graph.countQueries(() => graph.as(actor)(query, variables));
};

let keys = 0;
const key = () => `key-${(keys += 1)}`;
const mrzLines = withDigits('P<NAMSHILONGO<<NDAPEWA', { number: 'P0123456', state: 'NAM', birth: '900214', sex: 'F', expiry: '491231' });
const passport = { type: 'PASSPORT', mrzLines };
const changed = { type: 'PASSPORT', mrzLines: [mrzLines[0], mrzLines[1]!.replace('P0123456', 'P0123457')] };
const person = { personName: 'Ndapewa Shilongo', dateOfBirth: '1990-02-14' };
const begin = (actor: Member, input: object = {}) => run<Outcome>(actor, START, { input: { idempotencyKey: key(), ...person, document: passport, ...input } });
const decide = (actor: Member, id: string, input: object = {}) => run<Outcome>(actor, DECIDE, { input: { idempotencyKey: key(), id, decision: 'VERIFY', reason: 'Seen in person with the passport', ...input } });
const saidOf = async (id: string) => (await graph.said(verificationDecided)).filter((fact) => fact.subject === id);

describe('a verification', () => {
  test('waits for a person, however right its document is', async () => {
    const actor = member();
    const recipientId = newId('rcp');
    const { verification } = await begin(actor, { recipientId });
    expect(verification).toMatchObject({
      state: 'REQUIRES_REVIEW', decisionReason: null, reviewer: null, recipient: { id: recipientId }, startedBy: { id: actor.id },
      document: { type: 'PASSPORT', maskedNumber: '•••••456', issuingState: 'NAM' },
    });
    expect(verification.checks.map(({ verdict }) => verdict)).toEqual([...Array<string>(9).fill('PASSED'), 'NOT_CHECKED']);
    expect(await saidOf(verification.id)).toEqual([]);
  });

  test('with a document that cannot be right is rejected by the check that failed, and that is said', async () => {
    const { verification } = await begin(member(), { document: changed });
    expect(verification).toMatchObject({ state: 'REJECTED', reviewer: null, decisionReason: expect.stringContaining('does not fit the document number') as string });
    expect(await saidOf(verification.id)).toMatchObject([{ data: { state: 'REJECTED', decidedBy: null } }]);
  });

  test('keeps the document sealed: nothing readable holds its number', async () => {
    const { verification } = await begin(member());
    const row = await graph.tools.db.verification.findUniqueOrThrow({ where: { id: verification.id } });
    const rows = [row, await graph.tools.db.idempotencyKey.findMany(), await graph.tools.db.outboxMessage.findMany({ select: { data: true } })];
    expect(JSON.stringify(rows)).not.toContain('P0123456');
    expect(row.sealedDocument).not.toBeNull();
  });

  test('can begin before there is a document, which is given once', async () => {
    const actor = member();
    const { verification: { id, state, document, checks } } = await begin(actor, { document: null });
    expect({ state, document, checks }).toEqual({ state: 'PENDING', document: null, checks: [] });
    expect((await decide(actor, id)).__typename).toBe('VerificationStateError');
    const given = { type: 'NAMIBIAN_ID_NUMBER', number: '90021412345' };
    const outcomes = await Promise.all([1, 2].map(() => run<Outcome>(actor, ADD, { input: { id, document: given } })));
    expect(outcomes.map((one) => one.__typename).sort()).toEqual(['AddVerificationDocumentSuccess', 'VerificationStateError']);
    const { verification } = outcomes.find((one) => one.verification)!;
    expect(verification).toMatchObject({ state: 'REQUIRES_REVIEW', document: { maskedNumber: '••••••••345' } });
  });

  test('is started once for a key, and the key serves nothing else', async () => {
    const actor = member();
    const input = { idempotencyKey: 'once', ...person, document: passport };
    const [one, other] = await Promise.all([1, 2].map(() => run<Outcome>(actor, START, { input })));
    expect(other!.verification.id).toBe(one!.verification.id);
    expect(await refusal(actor, START, { input: { ...input, personName: 'Another' } })).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test.each([
    ['no name', { personName: ' ' }, 'personName'],
    ['a birth to come', { dateOfBirth: '2999-01-01' }, 'dateOfBirth'],
    ['another id for a recipient', { recipientId: 'env_1' }, 'recipientId'],
    ['half a passport', { document: { type: 'PASSPORT', mrzLines: [mrzLines[0]] } }, 'document.mrzLines'],
    ['too short a number', { document: { type: 'NAMIBIAN_ID_NUMBER', number: '123' } }, 'document.number'],
  ])('is refused with %s', async (_what, input, path) => {
    expect(await begin(member(), input)).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });
});

describe('a reviewer', () => {
  test('decides once, with a reason, and that is said once however often it is asked', async () => {
    const actor = member();
    const { verification: { id } } = await begin(actor);
    const input = { idempotencyKey: key() };
    const outcomes = await Promise.all([1, 2].map(() => decide(actor, id, input)));
    expect(outcomes.map(({ verification }) => verification.state)).toEqual(['VERIFIED', 'VERIFIED']);
    expect(outcomes[0]!.verification).toMatchObject({ reviewer: { id: actor.id }, decisionReason: 'Seen in person with the passport', expiresAt: '2050-01-02T00:00:00.000Z' });
    expect(await saidOf(id)).toMatchObject([{ data: { state: 'VERIFIED', decidedBy: actor.id } }]);
    expect((await decide(actor, id, { decision: 'REJECT' })).__typename).toBe('VerificationStateError');
  });

  test('is one of two who decide at once', async () => {
    const actor = member();
    const other = member({ organizationId: actor.organizationId });
    const { verification: { id } } = await begin(actor);
    const outcomes = await Promise.all([decide(actor, id), decide(other, id, { decision: 'REJECT' })]);
    expect(outcomes.map((one) => one.__typename).sort()).toEqual(['DecideVerificationSuccess', 'VerificationStateError']);
    expect(await saidOf(id)).toHaveLength(1);
  });

  test('who took it decides, and nobody else', async () => {
    const actor = member();
    const other = member({ organizationId: actor.organizationId });
    const { verification: { id } } = await begin(actor);
    expect((await run<Outcome>(actor, TAKE, { input: { id } })).verification).toMatchObject({ state: 'IN_PROGRESS', reviewer: { id: actor.id } });
    expect((await run<Outcome>(other, TAKE, { input: { id } })).__typename).toBe('VerificationStateError');
    expect(await decide(other, id)).toMatchObject({ __typename: 'VerificationStateError', message: 'Another reviewer has taken this verification.' });
    expect((await run<Outcome>(actor, TAKE, { input: { id } })).__typename).toBe('TakeVerificationSuccess');
    expect((await decide(actor, id)).verification.state).toBe('VERIFIED');
  });

  test('must say why', async () => {
    const actor = member();
    const { verification: { id } } = await begin(actor);
    expect(await decide(actor, id, { reason: ' ' })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'reason' }] });
  });

  test('needs a scope of their own', async () => {
    const actor = aUser(['verifications:read', 'verifications:write']);
    const { verification: { id } } = await run<Outcome>(actor, START, { input: { idempotencyKey: key(), ...person, document: passport } });
    expect(await refusal(actor, TAKE, { input: { id } })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await refusal(actor, DECIDE, { input: { idempotencyKey: key(), id, decision: 'VERIFY', reason: 'Mine' } })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });
});

describe('time', () => {
  const expireIn = async (days: number, id: string) => {
    now = () => new Date(Date.now() + days * DAY_MS);
    await expireVerification(graph.tools, id).finally(() => (now = () => new Date()));
  };

  test('ends what nobody decided within 30 days, once', async () => {
    const actor = member();
    const { verification: { id } } = await begin(actor);
    const jobs = await graph.tools.db.$queryRaw<{ run_at: Date }[]>`select run_at from graphile_worker.jobs where key = ${id}`;
    expect(jobs.map(({ run_at }) => Math.round((run_at.getTime() - Date.now()) / DAY_MS))).toEqual([30]);
    await expect(expireIn(29, id)).rejects.toThrow('not over yet');
    await expireIn(31, id);
    await expireIn(31, id);
    expect((await run<Verification>(actor, GET, { id })).state).toBe('EXPIRED');
    expect((await graph.said(verificationExpired)).filter((fact) => fact.subject === id)).toHaveLength(1);
    expect((await decide(actor, id)).__typename).toBe('VerificationStateError');
  });

  test('ends what was verified when the document’s time is over, and not before', async () => {
    const actor = member();
    const { verification: { id } } = await begin(actor);
    await decide(actor, id);
    await expect(expireIn(31, id)).rejects.toThrow('not over yet');
    await expireIn(30 * 365, id);
    expect((await run<Verification>(actor, GET, { id })).state).toBe('EXPIRED');
  });

  test('changes nothing in what was rejected', async () => {
    const actor = member();
    const { verification: { id } } = await begin(actor, { document: changed });
    await expireIn(31, id);
    expect((await run<Verification>(actor, GET, { id })).state).toBe('REJECTED');
  });
});

describe('verifications', () => {
  const OF_RECIPIENT = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Recipient { verifications { id checks { kind } } } } }';
  const recipients = (...ids: string[]) => ({ r: ids.map((id) => ({ __typename: 'Recipient', id })) });

  test('are not there for a member of another organization', async () => {
    const actor = member();
    const recipientId = newId('rcp');
    const { verification: { id } } = await begin(actor, { recipientId });
    const seen = await graph.as(stranger)('query ($id: ID!) { verification(id: $id) { id } verifications { edges { cursor } } _entities(representations: [{ __typename: "Verification", id: $id }]) { __typename } }', { id });
    expect(seen.data).toEqual({ verification: null, verifications: { edges: [] }, _entities: [null] });
    expect(await run(stranger, OF_RECIPIENT, recipients(recipientId))).toEqual([{ verifications: [] }]);
    expect(await refusal(stranger, ADD, { input: { id, document: passport } })).toBe('NOT_FOUND');
    expect(await refusal(stranger, TAKE, { input: { id } })).toBe('NOT_FOUND');
    expect(await refusal(stranger, DECIDE, { input: { idempotencyKey: key(), id, decision: 'VERIFY', reason: 'Mine' } })).toBe('NOT_FOUND');
  });

  test('are not there for the recipient as a guest, nor for a token without the scope', async () => {
    const actor = member();
    const recipientId = newId('rcp');
    await begin(actor, { recipientId });
    const guest = aGuest({ id: recipientId, organizationId: actor.organizationId, resourceId: 'env_1', scopes: ['envelope:sign'] });
    expect(await refusal(guest, OF_RECIPIENT, recipients(recipientId))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await refusal(aUser([]), '{ verifications { edges { cursor } } }')).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await refusal(aUser(['verifications:read']), START, { input: { idempotencyKey: key(), ...person } })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await refusal(aUser(['verifications:read']), ADD, { input: { id: 'ver_1', document: passport } })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('are listed by state', async () => {
    const actor = member();
    await begin(actor);
    const { verification } = await begin(actor, { document: changed });
    expect(await run(actor, '{ verifications(state: REJECTED) { edges { node { id } } } }')).toEqual({ edges: [{ node: { id: verification.id } }] });
  });

  test('cost one query a kind, however many recipients are asked for', async () => {
    const actor = member();
    const ids = [newId('rcp'), newId('rcp'), newId('rcp')];
    const started = await Promise.all(ids.map((recipientId) => begin(actor, { recipientId })));
    expect(await cost(actor, OF_RECIPIENT, recipients(...ids))).toBe(2);
    const references = started.map(({ verification }) => ({ __typename: 'Verification', id: verification.id }));
    expect(await cost(actor, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Verification { state document { type } } } }', { r: references })).toBe(1);
  });
});
