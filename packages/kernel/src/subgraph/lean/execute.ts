import { defaultTypeResolver, execute as executeStock, getOperationAST, visit, type DocumentNode, type ExecutionResult, type FragmentDefinitionNode, type GraphQLError, type GraphQLObjectType, type GraphQLSchema, type GraphQLTypeResolver, type OperationDefinitionNode } from 'graphql';
import { compileVariables } from '../../gateway/variables.ts';
import { compileFields } from './fields.ts';
import { isPromise, type Run } from './run.ts';

export interface Lean {
  /** Executes the document's query or mutation. Never rejects: what fails is in the result. */
  execute(request: { readonly variables: Readonly<Record<string, unknown>>; readonly operationName: string | undefined; readonly context: unknown }): Promise<ExecutionResult>;
}

interface CompiledOperation {
  readonly root: GraphQLObjectType;
  readonly coerce: ReturnType<typeof compileVariables>;
  /** The fields that are asked for, by the outcome of the conditions. */
  fieldsFor(variables: Record<string, unknown>): ReturnType<typeof compileFields>;
}

/** Outcomes of the conditions of an operation that are kept compiled. */
const KEPT_OUTCOMES = 20;

const fragmentsOf = (document: DocumentNode): Run['fragments'] => {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) if (definition.kind === 'FragmentDefinition') fragments[definition.name.value] = definition;
  return fragments;
};

/** The variables that decide what is asked for, and whether the schema itself is asked about. */
const survey = (document: DocumentNode): { readonly conditions: readonly string[]; readonly introspects: boolean } => {
  const conditions = new Set<string>();
  let introspects = false;
  visit(document, {
    Directive(node) {
      for (const { value } of node.arguments ?? []) if (value.kind === 'Variable') conditions.add(value.name.value);
    },
    Field(node) {
      introspects ||= node.name.value === '__schema' || node.name.value === '__type';
    },
  });
  return { conditions: [...conditions], introspects };
};

/** Mutations: each field when the one before has come to its end. */
const inTurn = async ({ fields }: ReturnType<ReturnType<typeof compileFields>['of']>, run: Run): Promise<Record<string, unknown>> => {
  const values: [string, unknown][] = [];
  for (const field of fields) values.push([field.name, await field.run(undefined, run, undefined)]);
  return Object.fromEntries(values);
};

/**
 * Executes a validated document as graphql's own `execute` does, but looks at the document only once: selections are
 * collected, types told apart and completions chosen when it is compiled, and nothing waits that need not. What comes
 * seldom is left to `execute` itself: subscriptions, and questions about the schema.
 */
export const createLean = (schema: GraphQLSchema, document: DocumentNode, typeResolver: GraphQLTypeResolver<unknown, unknown> = defaultTypeResolver): Lean => {
  const fragments = fragmentsOf(document);
  const { conditions, introspects } = survey(document);
  const compiled = new Map<OperationDefinitionNode, CompiledOperation>();

  const compile = (operation: OperationDefinitionNode): CompiledOperation => {
    const outcomes = new Map<string, ReturnType<typeof compileFields>>();
    return {
      root: schema.getRootType(operation.operation)!,
      coerce: compileVariables(schema, operation.variableDefinitions ?? []),
      fieldsFor(variables) {
        const outcome = conditions.length === 0 ? '' : conditions.map((name) => String(variables[name])).join();
        const known = outcomes.get(outcome) ?? compileFields([operation.selectionSet], { schema, fragments, variables });
        if (outcomes.size < KEPT_OUTCOMES) outcomes.set(outcome, known);
        return known;
      },
    };
  };

  const compiledOf = (operation: OperationDefinitionNode): CompiledOperation => {
    const known = compiled.get(operation) ?? compile(operation);
    compiled.set(operation, known);
    return known;
  };

  return {
    async execute({ variables, operationName, context }) {
      const operation = getOperationAST(document, operationName);
      if (!operation || introspects || operation.operation === 'subscription') {
        return executeStock({ schema, document, contextValue: context, variableValues: variables as Record<string, unknown>, operationName: operationName ?? null, typeResolver });
      }
      const { root, coerce, fieldsFor } = compiledOf(operation);
      const { coerced, errors: wrong } = coerce(variables);
      if (wrong) return { errors: wrong };
      const errors: GraphQLError[] = [];
      try {
        const run: Run = { schema, context, variables: coerced, operation, fragments, typeResolver, errors };
        const fields = fieldsFor(coerced);
        const answered = operation.operation === 'mutation' ? inTurn(fields.of(root), run) : fields.run(undefined, root, run, undefined);
        const data = isPromise(answered) ? await answered : answered;
        return errors.length > 0 ? { errors, data } : { data };
      } catch (error) {
        // The error of a field that cannot be null, all the way up.
        errors.push(error as GraphQLError);
        return { errors, data: null };
      }
    },
  };
};
