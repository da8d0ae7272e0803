import { buildSchema, getNamedType, isInterfaceType, isObjectType, isUnionType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { readFile } from 'node:fs/promises';
import { problems } from '../../packages/kernel/src/errors/problem.ts';

const INTRODUCTION = `# Errors

Written by \`npm run docs\` from the kernel's list of problems and from \`schema/api.graphql\`; do not edit.

There are two kinds. What a person can mend by other input is an **outcome**: a type in the result of the mutation, with a sentence that may be shown. What they cannot mend is a **problem**: an entry in \`errors\` with a code. Whoever selects \`... on UserError { message }\` has a sentence for every outcome, also for those that are added later.
`;

const PROBLEMS = `## Problems

\`errors[].extensions.code\`, and the sentence that \`errors[].message\` carries where no closer one helps. Requests that are themselves wrong come with the codes of GraphQL and Apollo Server, such as \`GRAPHQL_PARSE_FAILED\`, \`GRAPHQL_VALIDATION_FAILED\` and \`BAD_REQUEST\`. \`INTERNAL\` from a subgraph comes with an \`errorId\` that finds the cause in its log.
`;

/** More than this is no longer read, only counted. */
const MANY = 12;

/** The fields of the roots that may give a type as their outcome. */
const comesFrom = (schema: GraphQLSchema, type: GraphQLObjectType): readonly string[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    .flatMap((root) => Object.values(root?.getFields() ?? {}))
    .filter((field) => {
      const result = getNamedType(field.type);
      return isUnionType(result) && result.getTypes().includes(type);
    })
    .map((field) => field.name);

const inALine = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

const outcomeRow = (schema: GraphQLSchema, type: GraphQLObjectType): string => {
  const more = Object.keys(type.getFields()).filter((field) => field !== 'message');
  const carries = more.length > 0 ? more.map((field) => `\`${field}\``).join(', ') : '';
  const fields = comesFrom(schema, type);
  const from = fields.length > MANY ? `${fields.length} fields` : fields.map((field) => `\`${field}\``).join(', ');
  return `| \`${type.name}\` | ${inALine(type.description)} | ${carries} | ${from} |`;
};

/** The page of all problems and all outcome types. */
export const errorsPage = async (): Promise<string> => {
  const schema = buildSchema(await readFile('schema/api.graphql', 'utf8'));
  const userError = schema.getType('UserError');
  const outcomes = isInterfaceType(userError) ? schema.getPossibleTypes(userError).filter(isObjectType).toSorted((a, b) => a.name.localeCompare(b.name)) : [];
  const codes = Object.entries(problems).map(([code, sentence]) => `| \`${code}\` | ${sentence} |`);
  return [
    INTRODUCTION,
    PROBLEMS,
    `| code | what to do |\n|---|---|\n${codes.join('\n')}\n`,
    `## Outcomes\n`,
    `| type | when | carries, beside \`message\` | comes from |\n|---|---|---|---|\n${outcomes.map((type) => outcomeRow(schema, type)).join('\n')}\n`,
  ].join('\n');
};
