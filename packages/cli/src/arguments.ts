import { parseArgs } from 'node:util';

export interface VerifyArguments {
  readonly files: readonly string[];
  /** PEM files of roots. */
  readonly trust: readonly string[];
  /** PEM files of roots for time stamps; none: those of `trust`. */
  readonly timestampTrust: readonly string[];
  readonly evidence: string | undefined;
  readonly logKeys: readonly string[];
  readonly json: boolean;
}

/** Thrown for a call that is wrong; the message says what is right. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const HELP = `Usage: buffrsign verify [options] FILE…

Says what is true of signed PDFs: who signed, when, what was changed since. Asks nobody; works offline.

  --trust FILE            roots that you trust, PEM; may be given several times. Without it nobody is trusted.
  --timestamp-trust FILE  roots that you trust for time stamps, PEM; by default those of --trust.
  --evidence FILE         evidence bundle of the envelope (JSON), for one PDF: checks the audit trail too.
  --log-key KEY           key of the audit log that you know (name+id+key); may be given several times.
  --json                  for machines: one JSON document.
  --help                  this text.

Exit code: 0 every signature is intact, trusted by your roots, and nothing was changed since that may not be;
           1 anything else about the document (unsigned ones too); 2 it cannot be read as a PDF, or the call is wrong.
           Of several files the worst counts.
`;

/** @throws {UsageError} */
export function readArguments(args: readonly string[]): VerifyArguments | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [command, ...files] = positionals;
  if (command !== 'verify') throw new UsageError(command === undefined ? 'A command is missing: verify.' : `There is no command “${command}”; there is verify.`);
  if (files.length === 0) throw new UsageError('A file is missing: name one or more PDFs.');
  if (values.evidence !== undefined && files.length > 1) throw new UsageError('--evidence is about one PDF: name one file.');
  return {
    files,
    trust: values.trust ?? [],
    timestampTrust: values['timestamp-trust'] ?? [],
    evidence: values.evidence,
    logKeys: values['log-key'] ?? [],
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trust: { type: 'string', multiple: true },
        'timestamp-trust': { type: 'string', multiple: true },
        evidence: { type: 'string' },
        'log-key': { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
