/** Everything of a subgraph that does not depend on its domain: path to text. */
export const filesOf = ({ name, port }: { readonly name: string; readonly port: number }): Readonly<Record<string, string>> => {
  const src = `subgraphs/${name}/src`;
  return {
    [`subgraphs/${name}/package.json`]: `${JSON.stringify(
      { name: `@buffrsign/${name}`, version: '0.1.0', private: true, type: 'module', exports: { './events': './src/events.ts', './subgraph': './src/subgraph.ts' } },
      null,
      2,
    )}\n`,
    [`subgraphs/${name}/README.md`]: `# ${name}\n\n**Owns:** \n\n**Does not own:** \n\n**Entities:** \n\n**Facts in:** \n\n**Facts out:** \n`,
    [`prisma/${name}/schema.prisma`]: `generator client {
  provider               = "prisma-client"
  output                 = "../../subgraphs/${name}/src/__generated__/prisma"
  runtime                = "nodejs"
  moduleFormat           = "esm"
  importFileExtension    = "ts"
  generatedFileExtension = "ts"
}

datasource db {
  provider = "postgresql"
}
`,
    [`${src}/main.ts`]: `import { runSubgraph } from '@buffrsign/kernel';
import { ${name} } from './subgraph.ts';

await runSubgraph(${name});
`,
    [`${src}/subgraph.ts`]: `import { defineSubgraph } from '@buffrsign/kernel';
import { resolvers } from './__generated__/resolvers.ts';
import { typeDefs } from './__generated__/typeDefs.ts';
import { createDatabase } from './database.ts';
import * as events from './events.ts';
import { handlers } from './handlers/index.ts';
import * as loaders from './loaders.ts';

export const ${name} = defineSubgraph({
  name: '${name}',
  port: ${port},
  typeDefs,
  resolvers,
  database: createDatabase,
  loaders,
  publishes: Object.values(events),
  handlers,
});
`,
    [`${src}/context.ts`]: `import type { HandlerWork, SubgraphContext } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type * as loaders from './loaders.ts';

export type Context = SubgraphContext<Database, typeof loaders, undefined>;
export type Work = HandlerWork<Database, undefined>;
`,
    [`${src}/database.ts`]: `import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from './__generated__/prisma/client.ts';

export type Database = PrismaClient;

export const createDatabase = (adapter: SqlDriverAdapterFactory): Database => new PrismaClient({ adapter });
`,
    [`${src}/loaders.ts`]: `export {};\n`,
    [`${src}/events.ts`]: `export {};\n`,
    [`${src}/policies.ts`]: `import { requireUser, type Actor } from '@buffrsign/kernel';

/** Members see what is their organization's; nobody else sees anything. */
export const visible = (actor: Actor) => ({ organizationId: requireUser(actor).organizationId });
`,
    [`${src}/handlers/index.ts`]: `import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';

export const handlers: readonly Handler<Work>[] = [];
`,
  };
};
