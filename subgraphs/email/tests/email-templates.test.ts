import { aStranger, aUser } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_TEMPLATES } from '../src/domain/template-input.ts';
import { builtInTemplates } from '../src/templates/index.ts';
import { scopes, startEmail, type EmailGraph } from './support/graph.ts';

const stranger = aStranger(scopes);
let graph: EmailGraph;
beforeAll(async () => {
  graph = await startEmail({ MAIL_DIR: '/nowhere' });
});
afterAll(() => graph.stop());

const CREATE = /* GraphQL */ `
  mutation ($input: CreateEmailTemplateInput!) {
    createEmailTemplate(input: $input) {
      __typename
      ... on CreateEmailTemplateSuccess { template { id name origin version variables isSendable actionLabel description } }
      ... on EmailTemplateExistsError { template { id } }
      ... on InvalidInputError { issues { path message } }
      ... on UserError { message }
    }
  }
`;
const UPDATE = /* GraphQL */ `
  mutation ($input: UpdateEmailTemplateInput!) {
    updateEmailTemplate(input: $input) {
      __typename
      ... on UpdateEmailTemplateSuccess { template { version subject body } }
      ... on EmailTemplateChangedError { template { version } }
      ... on InvalidInputError { issues { path } }
    }
  }
`;
const DELETE = 'mutation ($id: ID!) { deleteEmailTemplate(input: { id: $id }) { __typename ... on DeleteEmailTemplateSuccess { id restored { id origin } } } }';

interface Created { createEmailTemplate: { __typename: string; template: { id: string; variables: string[] }; issues: { path: string; message: string }[] } }

const words = { name: 'welcome', subject: 'Welcome, {{addressee}}', heading: 'Hello', body: 'You are in {{city}}.\n\n{{note}}' };
const create = async (input: object, actor = aUser(scopes)) => {
  const { data, errors } = await graph.as(actor)<Created>(CREATE, { input: { ...words, ...input } });
  expect(errors).toBeUndefined();
  return data!.createEmailTemplate;
};

describe('templates', () => {
  test('are the built-in ones where the organization has none of its own, in one query', async () => {
    const ask = () => graph.as(aUser(scopes))<{ emailTemplates: { name: string; origin: string }[] }>('{ emailTemplates { id name origin description subject heading body actionLabel variables isSendable version updatedAt } }');
    const { data } = await ask();
    expect(data!.emailTemplates.map(({ name }) => name)).toEqual(builtInTemplates.map(({ name }) => name).sort());
    expect(new Set(data!.emailTemplates.map(({ origin }) => origin))).toEqual(new Set(['BUILT_IN']));
    expect(await graph.countQueries(ask)).toBe(1);
  });

  test('of the organization stand in the place of built-in ones until they are deleted', async () => {
    const member = aUser(scopes);
    const { template } = await create({ name: 'member-invited', subject: 'Come to {{organizationName}}', heading: 'Come', body: 'By {{expiresAt}}.', actionLabel: 'Come in' }, member);
    expect(template).toMatchObject({ origin: 'OVERRIDE', version: 1, isSendable: false, actionLabel: 'Come in', variables: ['organizationName', 'inviterName', 'role', 'expiresAt'] });
    const originOf = async () => (await graph.as(member)<{ emailTemplates: { name: string; origin: string }[] }>('{ emailTemplates { name origin } }')).data!.emailTemplates.filter(({ name }) => name === 'member-invited');
    expect(await originOf()).toEqual([{ name: 'member-invited', origin: 'OVERRIDE' }]);
    expect((await graph.as(member)(DELETE, { id: template.id })).data).toEqual({ deleteEmailTemplate: { __typename: 'DeleteEmailTemplateSuccess', id: template.id, restored: { id: 'etl_member-invited', origin: 'BUILT_IN' } } });
    expect(await originOf()).toEqual([{ name: 'member-invited', origin: 'BUILT_IN' }]);
  });

  test('have one name once, also when two add it at the same moment', async () => {
    const member = aUser(scopes);
    const outcomes = await Promise.all([create({}, member), create({}, member)]);
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['CreateEmailTemplateSuccess', 'EmailTemplateExistsError']);
    expect(outcomes[0]!.template.id).toBe(outcomes[1]!.template.id);
    expect(outcomes.find(({ __typename }) => __typename.endsWith('Success'))!.template.variables).toEqual(['city', 'note']);
  });

  test('of one organization are at most a hundred, also when two add the last one at the same moment', async () => {
    const member = aUser(scopes);
    const row = { ...words, organizationId: member.organizationId, version: 1, createdAt: new Date(), updatedAt: new Date() };
    await graph.tools.db.emailTemplate.createMany({ data: Array.from({ length: MAX_TEMPLATES - 1 }, (_, index) => ({ ...row, id: `etl_many${index}`, name: `many-${index}` })) });
    const outcomes = await Promise.all([create({ name: 'one' }, member), create({ name: 'other' }, member)]);
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['CreateEmailTemplateSuccess', 'TooManyEmailTemplatesError']);
  });

  test.each([
    ['a name with spaces', { name: 'my template' }, 'name'],
    ['no subject', { subject: ' ' }, 'subject'],
    ['braces that make no variable', { body: 'Dear {{first name}}' }, 'body'],
    ['a button that leads nowhere', { actionLabel: 'Click' }, 'actionLabel'],
    ['a variable that the built-in one does not have', { name: 'reminder', body: '{{colour}}' }, 'body'],
    ['the secret link among its words', { name: 'signature-requested', body: '{{signingLink}}' }, 'body'],
  ])('are refused with %s', async (_what, input, path) => {
    expect((await create(input)).issues.map((issue) => issue.path)).toContain(path);
  });

  test('do not lose a change that was made meanwhile', async () => {
    const member = aUser(scopes);
    const { template } = await create({ name: 'changes' }, member);
    const change = (input: object) => graph.as(member)(UPDATE, { input: { id: template.id, version: 1, ...input } });
    const outcomes = await Promise.all([change({ subject: 'A' }), change({ subject: 'B' })]);
    expect(outcomes.map(({ data }) => (data as { updateEmailTemplate?: { __typename: string } } | null)?.updateEmailTemplate?.__typename).sort()).toEqual(['EmailTemplateChangedError', 'UpdateEmailTemplateSuccess']);
    expect((await change({ version: 2, body: 'New.' })).data).toMatchObject({ updateEmailTemplate: { template: { version: 3, body: 'New.' } } });
    expect((await change({ version: 3, body: '{{loose' })).data).toMatchObject({ updateEmailTemplate: { __typename: 'InvalidInputError', issues: [{ path: 'body' }] } });
  });

  test('that are built in cannot be deleted', async () => {
    expect((await graph.as(aUser(scopes))(DELETE, { id: 'etl_reminder' })).data).toEqual({ deleteEmailTemplate: { __typename: 'BuiltInEmailTemplateError' } });
  });

  test('of one organization are not there for another', async () => {
    const { template } = await create({ name: 'private' });
    const asked = 'query ($id: ID!, $r: [_Any!]!) { emailTemplate(id: $id) { id } emailTemplates { origin } _entities(representations: $r) { ... on EmailTemplate { id } } }';
    const { data } = await graph.as(stranger)<{ emailTemplate: null; emailTemplates: { origin: string }[]; _entities: unknown[] }>(asked, { id: template.id, r: [{ __typename: 'EmailTemplate', id: template.id }] });
    expect(data).toMatchObject({ emailTemplate: null, _entities: [null] });
    expect(data!.emailTemplates.every(({ origin }) => origin === 'BUILT_IN')).toBe(true);
    for (const [query, variables] of [[DELETE, { id: template.id }], [UPDATE, { input: { id: template.id, version: 1 } }], ['query ($id: ID!) { previewEmailTemplate(id: $id) { __typename } }', { id: template.id }]] as const) {
      expect((await graph.as(stranger)(query, variables)).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test('are refused to a member without the scope', async () => {
    for (const query of ['{ emailTemplates { id } }', '{ emailTemplate(id: "etl_reminder") { id } }', '{ previewEmailTemplate(id: "etl_reminder") { __typename } }', 'mutation { deleteEmailTemplate(input: { id: "x" }) { __typename } }']) {
      expect((await graph.as(aUser([]))(query)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    }
  });

  test('cost one query however many are asked for as references', async () => {
    const member = aUser(scopes);
    const ids = await Promise.all(['a1', 'a2', 'a3'].map(async (name) => (await create({ name }, member)).template.id));
    const ask = () => graph.as(member)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on EmailTemplate { name } } }', { r: [...ids, 'etl_reminder'].map((id) => ({ __typename: 'EmailTemplate', id })) });
    expect(await graph.countQueries(ask)).toBe(1);
    expect((await ask()).data).toEqual({ _entities: [{ name: 'a1' }, { name: 'a2' }, { name: 'a3' }, { name: 'reminder' }] });
  });
});

describe('a preview', () => {
  const PREVIEW = 'query ($id: ID!, $variables: [EmailVariableInput!]) { previewEmailTemplate(id: $id, variables: $variables) { __typename ... on EmailPreview { subject text html } ... on EmailVariablesError { unknown message } } }';
  const preview = (id: string, variables: object[] = []) => graph.as(aUser(scopes))<{ previewEmailTemplate: { subject: string; text: string; html: string } }>(PREVIEW, { id, variables });

  test('shows what is given, the names of what is not, and no link', async () => {
    const { data } = await preview('etl_signature-requested', [{ name: 'senderName', value: '<b>Selma</b>' }]);
    expect(data!.previewEmailTemplate.subject).toBe('<b>Selma</b> asks you to sign: ‹envelopeTitle›');
    expect(data!.previewEmailTemplate.html).toContain('&lt;b&gt;Selma&lt;/b&gt;');
    expect(data!.previewEmailTemplate.html).not.toContain('<b>');
    expect(data!.previewEmailTemplate.text).toContain('Review and sign:\n‹hidden›');
  });

  test('names variables that the template does not know', async () => {
    expect((await preview('etl_reminder', [{ name: 'colour', value: 'red' }])).data).toMatchObject({ previewEmailTemplate: { __typename: 'EmailVariablesError', unknown: ['colour'] } });
  });
});
