import { hiveProgram } from './hive.ts';

/** Installs Hive's gateway ahead of the tests and benches that would do it themselves. */
await hiveProgram();
