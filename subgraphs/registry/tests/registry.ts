import { aStranger, aUser, startTestSubgraph, until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll } from 'vitest';
import { registry } from '../src/subgraph.ts';

export const scopes = ['api-clients:read', 'api-clients:write', 'schema:read', 'schema:write'];
export const owner = aUser(scopes);
export const stranger = aStranger(scopes);

export const start = () => startTestSubgraph(registry);

type Graph = Awaited<ReturnType<typeof start>>;

/** One registry for a test file. `run` gives the one root field of an operation, and fails on any error. */
export const registryUnderTest = () => {
  const own: { graph?: Graph } = {};
  beforeAll(async () => {
    own.graph = await start();
  });
  afterAll(() => own.graph?.stop());
  const graph = () => own.graph!;
  return {
    graph,
    async run<Field>(query: string, variables: Record<string, unknown> = {}, actor = owner): Promise<Field> {
      const { data, errors } = await graph().as(actor)<Record<string, Field>>(query, variables);
      if (errors) throw new Error(JSON.stringify(errors));
      return Object.values(data!)[0]!;
    },
    /** How many queries an operation costs, once nothing else is on its way. */
    async cost(query: string, variables: Record<string, unknown> = {}, actor = owner): Promise<number> {
      await until('every fact to be out', async () => (await graph().tools.db.outboxMessage.count({ where: { sentAt: null } })) === 0);
      return graph().countQueries(() => graph().as(actor)(query, variables));
    },
    /** The code with which an operation is refused. */
    async refusal(query: string, variables: Record<string, unknown> = {}, actor = owner): Promise<unknown> {
      const { errors } = await graph().as(actor)(query, variables);
      return errors?.[0]?.extensions?.['code'];
    },
  };
};
