import { Problem, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../context.ts';
import type { DataSource } from '../federation/apollo.ts';
import { spread, takeOver } from './subgraph-errors.ts';

type SourceResult = Awaited<ReturnType<DataSource['process']>>;

/** A subgraph's answer as the executor takes it. */
export const toSourceResult = (subgraph: string, { data, errors }: ExecutionResult): SourceResult =>
  ({
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map((error) => takeOver(subgraph, error)) }),
  }) as SourceResult;

/** Lets the executor fetch by a transport. A subgraph out of reach costs its own fields, not the answer. */
export const createDataSource = (subgraph: string, transport: SubgraphTransport): DataSource => ({
  async process({ request, context, ...rest }) {
    const { actor, client, requestId, signal } = context as RequestContext;
    const document = 'document' in rest ? rest.document : undefined;
    const { query = '', variables, operationName } = request;
    try {
      const result = await transport.execute({ query, actor, client, requestId, signal, ...(document && { document }), ...(variables && { variables }), ...(operationName && { operationName }) });
      return toSourceResult(subgraph, result);
    } catch (error) {
      if (error instanceof Problem) return { errors: spread(error, document) } as SourceResult;
      throw error;
    }
  },
});
