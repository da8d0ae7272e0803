import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node takes graphql's CommonJS build; Vite on its own would take the other, and two graphqls in a process do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // Real databases are created and dropped by tests; the limits are for a two-core machine, not for the product.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: 'tests/global-setup.ts',
    coverage: {
      provider: 'v8',
      include: ['{packages,subgraphs,gateway}/**/src/**/*.ts'],
      exclude: ['**/__generated__/**', '**/testing/**', '**/main.ts', '**/*.mappers.ts'],
      // By folder of two levels would be long; what is thin is looked up with --coverage.reporter=text.
      reporter: ['text-summary', 'json-summary'],
    },
    include: ['{packages,subgraphs,gateway,scripts,tests}/**/*.test.ts'],
  },
});
