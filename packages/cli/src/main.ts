#!/usr/bin/env node
import { run } from './run.ts';

const { output, error, exitCode } = run(process.argv.slice(2), process.stdout.columns ?? 100);
if (error) process.stderr.write(error);
// The exit code is set, not forced: a pipe may still be taking the output.
process.stdout.write(output);
process.exitCode = exitCode;
