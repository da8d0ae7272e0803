import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node takes graphql's CommonJS build; Vite on its own would take the other, and two graphqls in a process do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // Real databases are created and dropped by tests; the limits are for a two-core machine, not for the product.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: 'tests/global-setup.ts',
    include: ['{packages,subgraphs,gateway,scripts,tests}/**/*.test.ts'],
  },
});
