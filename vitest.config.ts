import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const platformTests = fileURLToPath(new URL('./tests/', import.meta.url));

/** The tests of the whole platform first: they take minutes, and one that begins last keeps a core idle to the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.startsWith(platformTests);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  // Node takes graphql's CommonJS build; Vite on its own would take the other, and two graphqls in a process do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // Real databases are created and dropped by tests; the limits are for a two-core machine, not for the product.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests wait for databases and for conditions; one worker a core keeps both cores busy.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Loading what a subgraph needs takes as long as many a file's tests; no test replaces a module or a global.
    isolate: false,
    globalSetup: 'tests/global-setup.ts',
    coverage: {
      provider: 'v8',
      include: ['{packages,subgraphs,gateway}/**/src/**/*.ts'],
      exclude: ['**/__generated__/**', '**/testing/**', '**/main.ts', '**/*.mappers.ts'],
      // The table of all files is long; --coverage.reporter=text shows it.
      reporter: ['text-summary', 'json-summary'],
    },
    include: ['{packages,subgraphs,gateway,scripts,tests}/**/*.test.ts'],
  },
});
