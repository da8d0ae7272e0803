import { getOperationAST, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDemandsAt } from '../authorize/demands-of-schema.ts';
import { guard } from '../authorize/guards.ts';
import { readOperation } from '../operation-context.ts';
import { skeletonOf } from './skeleton.ts';

/** An operation to begin with, in a tab of the page for people. */
export interface Example {
  readonly query: string;
  /** As JSON, with what is to be filled in. */
  readonly variables: string;
}

interface Graph {
  readonly schema: GraphQLSchema;
  readonly supergraphSchema: GraphQLSchema;
}

const parsed = (query: string): DocumentNode | undefined => {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
};

/** Examples that the graph serves, those first that nobody has to sign in for, such as signing in. */
const sorted = (texts: readonly string[], { schema, supergraphSchema }: Graph): Example[] => {
  const demandsAt = createDemandsAt(supergraphSchema);
  return texts
    .flatMap((query) => {
      const document = parsed(query);
      const operation = document && getOperationAST(document);
      if (!document || !operation || validate(schema, document).length > 0) return [];
      const { fragments } = readOperation(document, undefined);
      const isOpen = guard(schema, demandsAt, operation, fragments).guards.every(({ path }) => path.length > 1);
      return [{ isOpen, example: { query, variables: JSON.stringify(skeletonOf(schema, operation.variableDefinitions ?? []), null, 2) } }];
    })
    .sort((a, b) => Number(b.isOpen) - Number(a.isOpen))
    .map(({ example }) => example);
};

/** The operations in the `.graphql` files of a folder, in the order of their names; none without a folder. */
export const readExamples = async (directory: string | undefined, graph: Graph): Promise<Example[]> => {
  if (directory === undefined) return [];
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.graphql')).sort();
  return sorted(await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8'))), graph);
};
