import { problems } from '@buffrsign/kernel/gateway';
import { GraphQLError, type DocumentNode } from 'graphql';

type Code = keyof typeof problems;
const isOurs = (code: unknown): code is Code => typeof code === 'string' && Object.hasOwn(problems, code);

/**
 * An error of a subgraph as the executor takes it. Subgraphs mask their errors, so one with a code of ours may go on to
 * the client. Any other is a fault between gateway and subgraph and is masked here.
 */
export const takeOver = (subgraph: string, error: Pick<GraphQLError, 'message' | 'path' | 'extensions'>): GraphQLError => {
  const { message, path, extensions } = error;
  const code = extensions?.['code'];
  if (isOurs(code)) return new GraphQLError(message, { ...(path && { path }), extensions });
  const origin = new Error(`Subgraph ${subgraph} answered with ${String(code ?? 'an error without a code')}: ${message}`);
  return new GraphQLError(problems.INTERNAL, { ...(path && { path }), extensions: { code: 'INTERNAL' }, originalError: origin });
};

const rootFieldsOf = (document: DocumentNode | undefined): string[] =>
  (document?.definitions ?? []).flatMap((definition) => (definition.kind === 'OperationDefinition' ? definition.selectionSet.selections : [])).flatMap((node) => (node.kind === 'Field' ? [(node.alias ?? node.name).value] : []));

/** The errors of a fetch that could not be made: one at each root field, or one at the place that entities were fetched for. */
export const spread = (error: GraphQLError, document: DocumentNode | undefined): GraphQLError[] => {
  const fields = rootFieldsOf(document);
  const paths = fields.length === 0 || fields.includes('_entities') ? [[]] : fields.map((field) => [field]);
  return paths.map((path) => new GraphQLError(error.message, { path, extensions: error.extensions }));
};
