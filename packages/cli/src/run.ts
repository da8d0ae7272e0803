import { HELP, UsageError, readArguments, type VerifyArguments } from './arguments.ts';
import { checkFile, type FileResult } from './check.ts';
import { now } from './clock.ts';
import { readRoots } from './input.ts';
import { describeResult } from './text.ts';

export interface Outcome {
  readonly output: string;
  readonly error: string;
  readonly exitCode: 0 | 1 | 2;
}

/** The whole program but for the process around it. */
export function run(args: readonly string[], width: number): Outcome {
  try {
    const read = readArguments(args);
    if (read === 'help') return { output: HELP, error: '', exitCode: 0 };
    return verify(read, width);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { output: '', error: `${error.message}\nTry: buffrsign --help\n`, exitCode: 2 };
  }
}

const EXIT_MEANING = {
  0: 'every signature is intact and trusted, and nothing was changed since that may not be',
  1: 'the document does not prove what it should',
  2: 'the file could not be read',
} as const;

function verify({ files, json, ...options }: VerifyArguments, width: number): Outcome {
  const [trust, timestampTrust] = [readRoots(options.trust), readRoots(options.timestampTrust)];
  const results = files.map((file) => checkFile(file, { ...options, trust, timestampTrust, now: now() }));
  const exitCode = Math.max(...results.map((result) => result.exitCode)) as 0 | 1 | 2;
  if (json) {
    const body = { exitCode, meaning: EXIT_MEANING[exitCode], files: results.map((result) => ({ ...result, meaning: EXIT_MEANING[result.exitCode] })) };
    return { output: `${JSON.stringify(body, undefined, 2)}\n`, error: '', exitCode };
  }
  const output = results.map((result: FileResult) => describeResult(result, { width, hasRoots: trust.length > 0 })).join('\n');
  return { output, error: '', exitCode };
}
