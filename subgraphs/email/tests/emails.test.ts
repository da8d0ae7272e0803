import { aGuest, aStranger, aUser } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailFailed } from '../src/events.ts';
import { scopes, SEND, sendText, startEmail, type EmailGraph, type Sent } from './support/graph.ts';
import { createMailFolder, type MailFolder } from './support/mail-folder.ts';

const owner = aUser(scopes);
const stranger = aStranger(scopes);
let folder: MailFolder;
let graph: EmailGraph;
beforeAll(async () => {
  folder = await createMailFolder();
  graph = await startEmail({ MAIL_DIR: folder.path });
});
afterAll(async () => {
  await graph.stop();
  await folder.remove();
});

const send = async (input: object, actor = owner) => {
  const { data, errors } = await graph.as(actor)<Sent>(SEND, { input: { idempotencyKey: 'one', toName: 'Ndapewa', toEmail: 'ndapewa@example.na', ...input } });
  expect(errors).toBeUndefined();
  return data!.sendEmail;
};

const reminder = { name: 'reminder', variables: [{ name: 'senderName', value: 'Selma' }, { name: 'envelopeTitle', value: 'Lease' }, { name: 'expiresAt', value: 'Friday' }, { name: 'message', value: '' }] };

describe('a mail sent by a member', () => {
  test('is caught as one file under its id, where no mail server is set', async () => {
    const outcome = await send({ idempotencyKey: 'caught', template: reminder });
    expect(outcome).toMatchObject({ __typename: 'SendEmailSuccess', email: { state: 'PENDING', subject: 'Reminder: Lease waits for your signature' } });
    const { id } = outcome.email;
    await graph.reaches(id, 'SENT');
    expect((await folder.names()).filter((name) => name.includes(id))).toEqual([`${id}.eml`]);
    const mail = await folder.read(id);
    expect(mail.messageId).toBe(`<${id}@buffrsign.localhost>`);
    expect(mail.text?.trim()).toBe(outcome.email.text.trim());
    expect(mail.html).toBe(outcome.email.html);
  });

  test('is sent once for a key, also when it is asked for twice at the same moment', async () => {
    const input = { idempotencyKey: 'twice', text: { subject: 'Once', body: 'Only once.' } };
    const [first, second] = await Promise.all([send(input), send(input)]);
    expect(first.email.id).toBe(second.email.id);
    expect(await graph.tools.db.emailMessage.count({ where: { subject: 'Once' } })).toBe(1);
  });

  test('is another one for the same key in another organization of the same person', async () => {
    const input = { idempotencyKey: 'elsewhere', text: { subject: 'Here', body: 'Here.' } };
    await send(input);
    const elsewhere = await graph.as({ ...owner, organizationId: stranger.organizationId })(SEND, { input: { toName: 'Ndapewa', toEmail: 'ndapewa@example.na', ...input } });
    expect(elsewhere.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(elsewhere.data).toBeNull();
  });

  test('keeps its own braces when it is in own words', async () => {
    const outcome = await send({ idempotencyKey: 'braces', text: { subject: '{{name}}', body: 'Use {{name}}.\n\nDone.' } });
    expect(outcome.email.subject).toBe('{{name}}');
    expect(outcome.email.text).toContain('Use {{name}}.\n\nDone.');
  });

  test.each([
    ['both a template and a text', { template: reminder, text: { subject: 's', body: 'b' } }, 'template'],
    ['neither', {}, 'template'],
    ['no name', { toName: ' ', text: { subject: 's', body: 'b' } }, 'toName'],
    ['an empty text', { text: { subject: 's', body: '' } }, 'text.body'],
    ['a variable twice', { template: { name: 'notice', variables: [{ name: 'a', value: '1' }, { name: 'a', value: '2' }] } }, 'template.variables'],
  ])('is refused with %s', async (_what, input, path) => {
    expect(await send({ idempotencyKey: `refused ${_what}`, ...input })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });

  test('is refused with variables that are not those of the template, by name', async () => {
    expect(await send({ idempotencyKey: 'variables', template: { name: 'reminder', variables: [...reminder.variables.slice(1), { name: 'colour', value: 'red' }] } })).toMatchObject({ __typename: 'EmailVariablesError', unknown: ['colour'], missing: ['senderName'] });
  });

  test.each(['signature-requested', 'member-invited', 'nothing-of-this-name'])('cannot be made from %s: secret links come from the platform alone', async (name) => {
    expect(await send({ idempotencyKey: `not ${name}`, template: { name, variables: [] } })).toMatchObject({ __typename: 'EmailTemplateUnknownError' });
  });
});

describe('a message', () => {
  test('is not there for a member of another organization, in any way', async () => {
    const id = await sendText(graph, {}, owner);
    await graph.reaches(id, 'SENT');
    const asked = 'query ($id: ID!, $r: [_Any!]!) { emailMessage(id: $id) { id } emailMessages { edges { node { id } } } emailStatistics { total } _entities(representations: $r) { ... on EmailMessage { id } } }';
    const seen = await graph.as(stranger)(asked, { id, r: [{ __typename: 'EmailMessage', id }] });
    expect(seen.data).toEqual({ emailMessage: null, emailMessages: { edges: [] }, emailStatistics: { total: 0 }, _entities: [null] });
    for (const act of ['cancelEmail(input: { id: $id })', 'retryEmail(input: { id: $id, idempotencyKey: "x" })']) {
      const { errors } = await graph.as(stranger)(`mutation ($id: ID!) { ${act} { __typename } }`, { id });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test.each([
    ['a member without the scope', aUser([]), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['a guest', aGuest({ organizationId: owner.organizationId, resourceId: 'env_1', scopes }), 'FORBIDDEN'],
  ])('is refused to %s', async (_who, actor, code) => {
    for (const query of ['{ emailMessages { edges { cursor } } }', '{ emailStatistics { total } }', '{ emailMessage(id: "eml_x") { id } }']) {
      expect((await graph.as(actor)(query)).errors?.[0]?.extensions).toMatchObject({ code });
    }
  });

  test('costs two queries with its attempts, however many are asked for as references', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => sendText(graph, {}, owner)));
    for (const id of ids) await graph.reaches(id, 'SENT');
    const ask = () => graph.as(owner)<{ _entities: { attempts: object[] }[] }>('query ($r: [_Any!]!) { _entities(representations: $r) { ... on EmailMessage { subject text attempts { number outcome response endedAt } } } }', { r: ids.map((id) => ({ __typename: 'EmailMessage', id })) });
    await graph.idle();
    expect(await graph.countQueries(ask)).toBe(2);
    expect((await ask()).data!._entities.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
  });

  test('is listed newest first, by state, page by page', async () => {
    const member = aUser(scopes);
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push(await sendText(graph, {}, member));
    for (const id of ids) await graph.reaches(id, 'SENT');
    const LIST = 'query ($after: String, $state: EmailState) { emailMessages(first: 2, after: $after, state: $state) { edges { node { id } } pageInfo { hasNextPage endCursor } } }';
    interface Listed { emailMessages: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
    const first = (await graph.as(member)<Listed>(LIST, { state: 'SENT' })).data!.emailMessages;
    const second = (await graph.as(member)<Listed>(LIST, { state: 'SENT', after: first.pageInfo.endCursor })).data!.emailMessages;
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids.toReversed());
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect((await graph.as(member)<Listed>(LIST, { state: 'FAILED' })).data!.emailMessages.edges).toEqual([]);
  });

  test('counts in the statistics of its time, by state and by template', async () => {
    const member = aUser(scopes);
    const from = graph.tools.now();
    await graph.reaches(await sendText(graph, {}, member), 'SENT');
    await graph.reaches(await sendText(graph, { text: null, template: reminder }, member), 'SENT');
    const STATISTICS = 'query ($from: DateTime, $until: DateTime) { emailStatistics(from: $from, until: $until) { total byState { state count } byTemplate { templateName total } } }';
    const { data } = await graph.as(member)(STATISTICS, { from: from.toISOString() });
    expect(data).toEqual({
      emailStatistics: {
        total: 2,
        byState: [{ state: 'PENDING', count: 0 }, { state: 'SENDING', count: 0 }, { state: 'SENT', count: 2 }, { state: 'FAILED', count: 0 }, { state: 'BOUNCED', count: 0 }, { state: 'CANCELED', count: 0 }],
        byTemplate: [{ templateName: null, total: 1 }, { templateName: 'reminder', total: 1 }],
      },
    });
    expect((await graph.as(member)(STATISTICS, { until: from.toISOString() })).data).toMatchObject({ emailStatistics: { total: 0 } });
  });
});

describe('taking a message back', () => {
  const CANCEL = 'mutation ($id: ID!) { cancelEmail(input: { id: $id }) { __typename ... on CancelEmailSuccess { email { state canceledAt } } ... on EmailNotPendingError { state } } }';

  test('keeps a waiting message from ever leaving, and says so once', async () => {
    // A folder that is a file: the mail is put off, and waits.
    const blocked = await startEmail({ MAIL_DIR: `${import.meta.filename}/mails` });
    const id = await sendText(blocked, {}, owner);
    await blocked.attempted(id, 1);
    await blocked.reaches(id, 'PENDING');
    for (let time = 0; time < 2; time += 1) expect((await blocked.as(owner)(CANCEL, { id })).data).toMatchObject({ cancelEmail: { __typename: 'CancelEmailSuccess', email: { state: 'CANCELED' } } });
    await blocked.later(3_600);
    await blocked.idle();
    expect((await blocked.reaches(id, 'CANCELED')).attempts).toHaveLength(1);
    expect(await blocked.said(emailFailed)).toHaveLength(1);
    await blocked.stop();
  });

  test('is refused once it was sent', async () => {
    const id = await sendText(graph, {}, owner);
    await graph.reaches(id, 'SENT');
    expect((await graph.as(owner)(CANCEL, { id })).data).toEqual({ cancelEmail: { __typename: 'EmailNotPendingError', state: 'SENT' } });
  });
});
