import { defineConfig } from '@eddeee888/gcg-typescript-resolver-files';
import { globSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { subgraphs } from './subgraphs/index.ts';

/** `npm run generate -- NAME` names some; otherwise all that have a schema. */
const named = process.env['SUBGRAPHS']?.split(',');
const wanted = subgraphs.filter(({ name }) => (named === undefined || named.includes(name)) && globSync(`subgraphs/${name}/src/schema/*.graphql`).length > 0);

/** Typed resolvers for every subgraph: a new field in the SDL gets a typed stub in the file of its name. */
const config: CodegenConfig = {
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
  generates: {
    ...Object.fromEntries(
      wanted.map(({ name }) => [
        `subgraphs/${name}/src`,
        defineConfig(
          {
            mode: 'merged',
            resolverRelativeTargetDir: 'resolvers',
            resolverTypesPath: './__generated__/types.ts',
            resolverMainFile: './__generated__/resolvers.ts',
            typeDefsFilePath: './__generated__/typeDefs.ts',
            mergeSchema: false,
            tsConfigFilePath: 'tsconfig.json',
            resolverGeneration: {
              query: '*',
              mutation: '*',
              subscription: '*',
              scalar: '*',
              enum: '',
              union: '',
              interface: '',
              object: ['*', '!*.PageInfo', '!*.*Edge', '!*.*Connection', '!*.*Success', '!*.*Error', '!*.*Event', '!*.InputIssue'],
            },
            scalarsOverrides: { Date: { type: { input: 'Date', output: 'Date | string' } }, DateTime: { type: 'Date' }, ID: { type: 'string' }, EmailAddress: { type: 'string' }, URL: { type: { input: 'URL', output: 'string' } } },
            typesPluginsConfig: { federation: true, contextType: '../context.ts#Context', immutableTypes: true, useTypeImports: true, enumsAsTypes: true },
          },
          { schema: ['schema/shared/*.graphql', `subgraphs/${name}/src/schema/*.graphql`] },
        ),
      ]),
    ),
    // Typed client documents, from the golden operations against what clients see.
    ...(named === undefined && {
      'schema/__generated__/': {
        schema: 'schema/api.graphql',
        documents: 'schema/operations/*.graphql',
        preset: 'client',
        presetConfig: { fragmentMasking: false },
        config: { documentMode: 'string', enumsAsTypes: true, useTypeImports: true, scalars: { Date: 'string', DateTime: 'string', EmailAddress: 'string', URL: 'string' } },
      },
    }),
  },
};

export default config;
