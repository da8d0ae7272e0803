import tseslint from 'typescript-eslint';

const noEnv = { object: 'process', property: 'env', message: 'Only env.ts reads the environment: add the setting to its model and pass it on.' };
const noClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Only the clock tells the time: use ctx.now(), tx.now or the `now` you were given.' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Only the clock tells the time: use ctx.now(), tx.now or the `now` you were given. To measure, use performance.now().' },
];
const noClient = { selector: "NewExpression[callee.name='PrismaClient']", message: 'Only database.ts makes a Prisma client; elsewhere the database comes in the context.' };

const restrict = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const toResolvers = { group: ['**/resolvers/**', '**/__generated__/resolvers.ts'], message: 'Resolvers are the outermost layer; call the use case.' };
const toDatabase = { group: ['**/database.ts', '@prisma/*', 'pg'], message: 'The database comes in the context.' };
const toUseCases = { group: ['**/use-cases/**', '**/handlers/**', '**/tasks/**'], message: 'The domain knows only itself.' };
const toOtherSubgraph = { group: ['@buffrsign/*/subgraph', '@buffrsign/*/seed'], message: 'Subgraphs talk in facts: import another one’s events, nothing else.' };

export default tseslint.config(
  { ignores: ['**/__generated__/**', 'node_modules', 'coverage', '.data', 'out', 'packages/client/dist'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 75, skipBlankLines: true, skipComments: true }],
      'no-console': 'off',
      'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
    },
  },
  {
    files: ['{packages,subgraphs,gateway}/**/src/**/*.ts'],
    ignores: ['**/src/testing/**'],
    rules: { 'no-restricted-properties': ['error', noEnv], 'no-restricted-syntax': ['error', ...noClock, noClient], 'no-console': 'error' },
  },
  { files: ['**/src/**/env.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['**/src/**/clock.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/src/database.ts'], rules: { 'no-restricted-syntax': ['error', ...noClock] } },
  { files: ['subgraphs/*/src/**/*.ts'], rules: restrict([toOtherSubgraph]) },
  { files: ['subgraphs/*/src/resolvers/**/*.ts'], rules: { ...restrict([toOtherSubgraph, toDatabase]), 'max-lines': ['error', { max: 40, skipBlankLines: true, skipComments: true }] } },
  { files: ['subgraphs/*/src/use-cases/**/*.ts'], rules: restrict([toOtherSubgraph, toResolvers, { group: ['graphql'], message: 'Use cases do not know GraphQL.' }]) },
  { files: ['subgraphs/*/src/domain/**/*.ts'], rules: restrict([toOtherSubgraph, toResolvers, toUseCases, { group: ['**/context.ts'], message: 'The domain is pure.' }]) },
  { files: ['subgraphs/*/src/handlers/**/*.ts', 'subgraphs/*/src/tasks/**/*.ts'], rules: restrict([toOtherSubgraph, toResolvers]) },
  { files: ['packages/**/src/**/*.ts'], rules: restrict([{ group: ['@buffrsign/auth*', '@buffrsign/documents*', '@buffrsign/signatures*', '@buffrsign/email*', '@buffrsign/notifications*', '@buffrsign/gateway*', '**/subgraphs/**'], message: 'Packages know no subgraph.' }]) },
  { files: ['gateway/src/**/*.ts'], rules: restrict([{ group: ['@buffrsign/*', '!@buffrsign/kernel', '@buffrsign/kernel/*', '!@buffrsign/kernel/gateway', '**/subgraphs/**'], message: 'The gateway imports only @buffrsign/kernel/gateway.' }]) },
  { files: ['**/tests/**', '**/*.test.ts', 'tests/**', 'scripts/**'], rules: { 'max-lines': 'off', 'max-lines-per-function': 'off', '@typescript-eslint/no-explicit-any': 'off' } },
);
