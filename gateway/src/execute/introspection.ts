import { executeSync, Kind, type FieldNode, type GraphQLSchema } from 'graphql';
import type { OperationContext } from '../operation-context.ts';
import type { Data } from './data.ts';

/** What an operation asks of the schema itself: `__schema` and `__type`. No subgraph knows; the schema that clients see answers. */
export const createIntrospection = ({ operation, fragments }: OperationContext, schema: GraphQLSchema, nodes: readonly FieldNode[]): ((variables: Readonly<Record<string, unknown>>) => Data) => {
  const document = { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: nodes } }, ...Object.values(fragments)] } as const;
  return (variables) => {
    const { data, errors } = executeSync({ schema, document, variableValues: variables });
    if (errors?.[0]) throw errors[0];
    return data as Data;
  };
};
