import { thumbnailAnswer, type Thumbnail } from './inspection.ts';
import { MAX_PIXELS, RENDERING_LIMITS, type SandboxLimits } from './limits.ts';
import type { Refusal } from './refusal.ts';
import { answerOf } from './sandbox/answer-of.ts';
import { runInSandbox } from './sandbox/run-in-sandbox.ts';

export interface ThumbnailOptions {
  /** In pixels. The image is narrower when it would have more than {@link MAX_PIXELS} otherwise. */
  readonly maxWidth: number;
  readonly limits?: SandboxLimits;
  readonly signal?: AbortSignal;
}

/**
 * Draws one page, form fields and annotations included, as a PNG on white. `page` counts from 1.
 *
 * @throws the reason of `signal` when it is aborted; a system error when the file cannot be opened
 */
export async function renderThumbnail(path: string, page: number, options: ThumbnailOptions): Promise<Thumbnail | Refusal> {
  const { maxWidth, limits = RENDERING_LIMITS, signal } = options;
  return answerOf(await runInSandbox({ kind: 'thumbnail', page, maxWidth, maxPixels: MAX_PIXELS }, { input: path }, limits, signal), thumbnailAnswer);
}
