import type { ExecutionResult } from 'graphql';

/** An answer of the graph, as it came and as it reads. */
export interface Answer extends ExecutionResult<Record<string, unknown>> {
  readonly text: string;
}

/** Asks the graph as one person. */
export type Ask = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** Over HTTP, like any client; without a token as nobody in particular. */
export const askAs =
  (url: string, accessToken?: string): Ask =>
  async (query, variables = {}) => {
    const headers = { 'content-type': 'application/json', ...(accessToken && { authorization: `Bearer ${accessToken}` }) };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const text = await response.text();
    return { ...(JSON.parse(text) as ExecutionResult<Record<string, unknown>>), text };
  };

/** The codes of an answer's errors. */
export const codesOf = ({ errors = [] }: ExecutionResult): unknown[] => errors.map(({ extensions }) => extensions?.['code']);
