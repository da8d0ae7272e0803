import { aUser, startTestSubgraph, until } from '@buffrsign/kernel/testing';
import type { EmailMessage } from '../../src/__generated__/prisma/client.ts';
import type { Database } from '../../src/database.ts';
import type { Services } from '../../src/services.ts';
import { email } from '../../src/subgraph.ts';

export const scopes = ['emails:read', 'emails:write', 'email-templates:read', 'email-templates:write'];

/** The e-mail subgraph under test, with a clock that can be put forward. */
export const startEmail = async (env: Record<string, string>) => {
  let ahead = 0;
  const graph = await startTestSubgraph<Database, Services>(email, { env, now: () => new Date(Date.now() + ahead) });
  const { db } = graph.tools;
  return {
    ...graph,
    /** Lets time pass; jobs whose time has come by then run. */
    async later(seconds: number): Promise<void> {
      ahead += seconds * 1_000;
      await db.$executeRaw`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where run_at <= now() + ${ahead / 1_000} * interval '1 second' and locked_at is null), run_at => now())`;
    },
    /** Waits until a message is in a state. */
    reaches: (id: string, state: EmailMessage['state']) =>
      until(`message ${id} to be ${state}`, async () => {
        const message = await db.emailMessage.findUnique({ where: { id }, include: { attempts: { orderBy: { number: 'asc' } } } });
        return message?.state === state && message;
      }),
    /** Waits until a message has ended so many attempts. */
    attempted: (id: string, times: number) => until(`message ${id} to have been tried ${times} times`, async () => (await db.emailAttempt.count({ where: { messageId: id, endedAt: { not: null } } })) >= times),
  };
};

export type EmailGraph = Awaited<ReturnType<typeof startEmail>>;

export const SEND = /* GraphQL */ `
  mutation ($input: SendEmailInput!) {
    sendEmail(input: $input) {
      __typename
      ... on SendEmailSuccess { email { id state subject text html to { name email } } }
      ... on EmailVariablesError { unknown missing }
      ... on UserError { message }
      ... on InvalidInputError { issues { path message } }
    }
  }
`;

export interface Sent {
  sendEmail: { __typename: string; email: { id: string; state: string; subject: string; text: string; html: string }; unknown: string[]; missing: string[]; issues: { path: string }[] };
}

let keys = 0;

/** Sends a mail in own words as somebody; gives the id of the message. */
export const sendText = async (graph: EmailGraph, input: object = {}, actor = aUser(scopes)): Promise<string> => {
  keys += 1;
  const { data, errors } = await graph.as(actor)<Sent>(SEND, { input: { idempotencyKey: `key-${keys}`, toName: 'Ndapewa Shilongo', toEmail: 'ndapewa@example.na', text: { subject: 'Hello', body: 'First.\n\nSecond.' }, ...input } });
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.sendEmail.email.id;
};
