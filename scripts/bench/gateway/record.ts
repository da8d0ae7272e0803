import { createHttpTransport, startGateway } from '@buffrsign/gateway';
import { createLogger, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import { ACTOR_TOKEN_SECRET } from './secret.ts';
import { benchQueries, shopSubgraphs } from './shop.ts';

/** What this gateway does with one request. */
interface Recorded {
  /** The calls that it makes: those that may run together in one wave. */
  readonly waves: readonly (readonly { readonly url: string; readonly body: string }[])[];
  readonly answer: object;
}

/** By the body of the request. */
export type RecordedCalls = Record<string, Recorded>;

/** Runs every request once and writes down what is asked of whom, and what is answered. */
export const recordCalls = async (supergraphSdl: string, urls: Readonly<Record<string, string>>): Promise<RecordedCalls> => {
  const log = createLogger('gateway', 'error');
  const recorded: RecordedCalls = {};
  let waves: { url: string; body: string }[][] = [];
  let answered = true;
  const opened = shopSubgraphs.map((name) => createHttpTransport({ name, url: urls[name]!, actorTokenSecret: ACTOR_TOKEN_SECRET, log }));
  const transports = Object.fromEntries(
    shopSubgraphs.map((name, index): [string, SubgraphTransport] => [
      name,
      {
        subscribe: opened[index]!.subscribe,
        async execute(request) {
          // What is asked before anything more was answered could have been asked at the same time.
          if (answered) waves.push([]);
          answered = false;
          const { query, variables, operationName } = request;
          waves.at(-1)!.push({ url: urls[name]!, body: JSON.stringify({ query, variables, operationName }) });
          const result = await opened[index]!.execute(request);
          answered = true;
          return result;
        },
      },
    ]),
  );
  const gateway = await startGateway({ supergraphSdl, transports, issuers: [{ issuer: 'bench', kind: 'user', jwksUrl: 'http://127.0.0.1:9/none' }], actorTokenSecret: ACTOR_TOKEN_SECRET, port: 0, log });
  for (const body of benchQueries.flatMap(({ bodies }) => bodies)) {
    waves = [];
    answered = true;
    const answer = (await (await fetch(gateway.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json()) as { errors?: unknown };
    if (answer.errors) throw new Error(`The query does not work: ${JSON.stringify(answer.errors)}`);
    recorded[body] = { waves, answer };
  }
  await gateway.stop();
  await Promise.all(opened.map((transport) => transport.close()));
  return recorded;
};
