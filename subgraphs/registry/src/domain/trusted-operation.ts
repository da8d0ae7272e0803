import { createHash } from 'node:crypto';
import { GraphQLError, Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { z } from 'zod';

const MAX_LENGTH = 100_000;
/** Deep enough for any query that a person wrote; keeps a hostile text from costing more than it weighs. */
const MAX_TOKENS = 20_000;

const parsed = (body: string, issue: (message: string) => void): DocumentNode | undefined => {
  try {
    return parse(body, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch (error) {
    issue(error instanceof GraphQLError ? `This is not a GraphQL document: ${error.message}` : 'This is not a GraphQL document.');
    return undefined;
  }
};

const isOperation = (definition: DocumentNode['definitions'][number]): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION;

/** Reads the text of an operation: the text, its own name, and its hash over the very letters. */
export const operationModel = z.object({
  body: z
    .string()
    .max(MAX_LENGTH, 'An operation has at most 100,000 characters.')
    .transform((body, ctx) => {
      const issue = (message: string) => ctx.addIssue({ code: 'custom', message });
      const document = parsed(body, issue);
      if (!document) return z.NEVER;
      const operations = document.definitions.filter(isOperation);
      const name = operations[0]?.name?.value;
      if (operations.length !== 1) issue('A document holds exactly one operation: register several one by one.');
      else if (!name) issue('Give the operation a name: `query Contacts { … }`.');
      if (document.definitions.some((definition) => !isOperation(definition) && definition.kind !== Kind.FRAGMENT_DEFINITION)) issue('A document holds an operation and its fragments, nothing else.');
      return { body, name: name ?? '', sha256: createHash('sha256').update(body).digest('hex') };
    }),
});
