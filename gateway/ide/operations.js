/** How operations are sent: queries and mutations by HTTP, subscriptions by graphql-transport-ws. No build step, no framework. */

/** The first text called `accessToken` in an answer, wherever it stands. */
const tokenIn = (value) => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof value.accessToken === 'string') return value.accessToken;
  for (const inner of Object.values(value)) {
    const token = tokenIn(inner);
    if (token !== undefined) return token;
  }
  return undefined;
};

/** The operations of a document, each with its kind and name, as far as a look at the text can tell. */
const operationsIn = (query) => [...query.replace(/#.*$/gm, '').matchAll(/(?:^|\})\s*(query|mutation|subscription)\b\s*(\w*)/g)].map(([, kind, name]) => ({ kind, name }));

/**
 * Which operation is meant. GraphiQL reads a document a moment after it changed: right after a change of tabs it names the
 * operation of the tab before.
 */
const meantIn = ({ query, operationName }) => {
  const operations = operationsIn(query);
  return operations.find(({ name }) => name === operationName) ?? (operations.length === 1 ? operations[0] : { kind: 'query', name: operationName });
};

const authorizationIn = (headers) => Object.entries(headers ?? {}).find(([name, value]) => name.toLowerCase() === 'authorization' && value)?.[1];

/**
 * A fetcher for GraphiQL. What is written under Headers goes first; without an authorization there, the token of the last
 * answer that had one is sent. `signedIn` is called when it changes.
 */
export const createFetcher = ({ url, webSockets, signedIn }) => {
  let token;
  const setToken = (next) => {
    token = next;
    signedIn(token !== undefined);
  };
  const authorizationOf = (headers) => authorizationIn(headers) ?? (token && `Bearer ${token}`);

  const send = async (params, headers) => {
    const authorization = authorizationOf(headers);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', ...headers, ...(authorization && { authorization }) }, body: JSON.stringify(params) });
    const answer = await response.json();
    const given = tokenIn(answer.data);
    if (given !== undefined) setToken(given);
    return answer;
  };

  /** A socket for each subscription: who it is for is said when it is opened. */
  const subscribe = (params, headers) => {
    const authorization = authorizationOf(headers);
    const client = webSockets.createClient({ url: url.replace(/^http/, 'ws'), connectionParams: authorization ? { authorization } : {}, retryAttempts: 0 });
    return client.iterate(params);
  };

  const fetcher = ({ query, variables, operationName }, { headers } = {}) => {
    const { kind, name } = meantIn({ query, operationName });
    const params = { query, variables, ...(name && { operationName: name }) };
    return kind === 'subscription' ? subscribe(params, headers) : send(params, headers);
  };
  return { fetcher, forget: () => setToken(undefined) };
};
