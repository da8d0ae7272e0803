import type { TestPlatform } from '../../support/test-platform.ts';
import { openMailbox, type Mailbox } from '../../../scripts/demo/mailbox.ts';
import { askAs, codesOf, type Ask } from '../support/ask.ts';
import type { Records } from '../support/records.ts';

/** Makes one organization's world through the graph; what is made twice has the same names and keys in both worlds. */
export interface Maker {
  readonly platform: TestPlatform;
  readonly mailbox: Mailbox;
  readonly ask: Ask;
  /** In the names of the organization and its people, which its guests may see. */
  readonly marker: string;
  /** In every other text that people wrote. */
  readonly inner: string;
  /** Does something that must succeed, and gives what the success shows. */
  act<Success>(mutation: string, input: object, show: string): Promise<Success>;
  /** The answer to a query that must succeed. */
  read<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
  settled(): Promise<void>;
}

const capital = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}`;

/** Does acts as somebody. @throws Error with the answer when the act does not succeed. */
export const actAs =
  (ask: Ask) =>
  async <Success>(mutation: string, input: object, show: string): Promise<Success> => {
    const type = capital(mutation);
    const answer = await ask(`mutation ($input: ${type}Input!) { outcome: ${mutation}(input: $input) { __typename ... on ${type}Success { ${show} } ... on UserError { message } } }`, { input });
    const outcome = answer.data?.['outcome'] as { __typename: string } | undefined;
    if (outcome?.__typename !== `${type}Success`) throw new Error(`${mutation} did not succeed: ${answer.text} ${JSON.stringify(input)}`);
    return outcome as Success;
  };

export interface MakerOptions {
  readonly platform: TestPlatform;
  readonly records: Records;
  readonly marker: string;
  /** The address of the owner. */
  readonly email: string;
  /** The address of somebody of another organization, who is asked for a signature by this one. */
  readonly neighbour: string;
  /** Where webhooks are posted to. */
  readonly hook: string;
}

export const createMaker = ({ platform, records, marker }: MakerOptions, accessToken: string): Maker => {
  const ask = askAs(platform.url, accessToken);
  return {
    platform,
    mailbox: openMailbox(platform.mails),
    ask,
    marker,
    inner: `${marker}-inside`,
    act: actAs(ask),
    async read<Data>(query: string, variables?: Readonly<Record<string, unknown>>) {
      const answer = await ask(query, variables);
      if (codesOf(answer).length > 0) throw new Error(`${query} was refused: ${answer.text}`);
      return answer.data as Data;
    },
    settled: records.settled,
  };
};
