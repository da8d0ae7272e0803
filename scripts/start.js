// What `npm start` runs. Plain JavaScript: from the second start on all code comes compiled out of the cache, and the
// compiler that leaves the types out of TypeScript is not even loaded.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/buffrsign', import.meta.url)));
await import('./start.ts');
