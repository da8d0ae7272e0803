import { invalidInput, Problem, type InvalidInput } from '@buffrsign/kernel';
import { Readable } from 'node:stream';
import type { Context } from '../context.ts';
import type { Level, Report } from '../verification/report.ts';
import { UploadRefused } from '../verification/uploads.ts';
import type { Look, UnreadableCode } from '../verification/verifier.ts';

export interface VerifyDocumentInput {
  readonly content?: string | null | undefined;
  readonly uploadId?: string | null | undefined;
}

type Outcome<Name extends string, More = object> = { readonly __typename: Name; readonly message: string } & More;
type Refusal =
  | InvalidInput
  | Outcome<'UploadNotFoundError'>
  | Outcome<'FileTooLargeError', { readonly maxBytes: number }>
  | Outcome<'VerificationBusyError', { readonly retryAfterSeconds: number }>
  | Outcome<'DocumentUnreadableError', { readonly code: UnreadableCode; readonly detail: string | null }>;

const RETRY_SECONDS = 10;

const unreadable: Readonly<Record<UnreadableCode, string>> = {
  NOT_A_PDF: 'This file is no PDF, or not a whole one. Choose the PDF that you were sent, as it came.',
  DAMAGED: 'This PDF is damaged, and nothing was guessed or repaired. Get the file once more from where it came, and send it unchanged.',
  ENCRYPTED: 'This PDF is locked with a password, so that nobody else can look inside. Ask whoever sent it for the signed document without a password: a copy that you unlock yourself is another file, and its signatures no longer hold.',
  TOO_COMPLEX: 'To look at this PDF would take more time or memory than one look may take here. Check it with a program on your own computer.',
};

const busy = (): Refusal => ({
  __typename: 'VerificationBusyError',
  message: `Too many documents are being looked at right now. Try again in ${RETRY_SECONDS} seconds.`,
  retryAfterSeconds: RETRY_SECONDS,
});

const levelOf = (level: Level | null) => (level === null ? null : (level.replace('-', '_') as 'B_B' | 'B_T' | 'B_LT' | 'B_LTA'));

const shown = (report: Report) => ({
  ...report,
  level: levelOf(report.level),
  signatures: report.signatures.map((signature) => ({ ...signature, level: levelOf(signature.level) })),
});

const receive = async ({ services: { verification } }: Context, content: string): Promise<string | Refusal> => {
  const maxBytes = verification.limits.contentBytes;
  // Before it is decoded: four characters are three bytes.
  if (content.length > Math.ceil(maxBytes / 3) * 4) return { __typename: 'FileTooLargeError', message: `A file within an operation has at most ${maxBytes} bytes. Send larger ones to POST /verifications, and then their upload id.`, maxBytes };
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(content)) return invalidInput([{ path: 'content', message: 'The content is not Base64. Encode the file as it is, without line breaks.' }]);
  try {
    return (await verification.uploads.receive(Readable.from([Buffer.from(content, 'base64')]))).uploadId;
  } catch (error) {
    if (error instanceof UploadRefused) return busy();
    throw error;
  }
};

/** When this platform sealed exactly this file. Whoever asks holds the file; of the envelope they learn nothing. */
const sealedAtOf = async ({ db }: Context, sha256: string): Promise<Date | null> => {
  const sealing = await db.sealing.findFirst({ where: { sha256, state: 'SEALED' }, select: { sealedAt: true }, orderBy: { sealedAt: 'asc' } });
  return sealing?.sealedAt ?? null;
};

const refusalOf = (look: Exclude<Look, { kind: 'verified' }>): Refusal => {
  switch (look.kind) {
    case 'gone':
      return { __typename: 'UploadNotFoundError', message: 'There is no file under this id: its 15 minutes are over, or it was looked at already. Send it again.' };
    case 'busy':
      return busy();
    case 'unreadable':
      return { __typename: 'DocumentUnreadableError', message: unreadable[look.code], code: look.code, detail: look.detail };
    case 'failed':
      throw new Problem('UNAVAILABLE', { message: 'The document could not be looked at just now. Send it again.' });
  }
};

/** Says what is true of a PDF. Anybody may ask, about any file. */
export const verifyDocument = async (ctx: Context, { content, uploadId }: VerifyDocumentInput) => {
  const { verification } = ctx.services;
  if ((content == null) === (uploadId == null)) return invalidInput([{ path: '', message: 'Give either the content of the file or the id of an upload: exactly one of them.' }]);
  const id = uploadId ?? (await receive(ctx, content!));
  if (typeof id !== 'string') return id;
  const look = await verification.look(id);
  if (look.kind === 'busy' && content != null) await verification.uploads.remove(id);
  if (look.kind !== 'verified') return refusalOf(look);
  return { __typename: 'DocumentVerification' as const, ...shown(look.report), sha256: look.sha256, size: look.size, checkedAt: ctx.now(), sealedHereAt: await sealedAtOf(ctx, look.sha256) };
};
