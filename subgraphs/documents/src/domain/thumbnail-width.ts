import { Problem } from '@buffrsign/kernel';

/** Few widths, so that few images are drawn and kept. In pixels. */
const WIDTHS = [1600, 960, 480, 240, 120] as const;

/** The widest kept width that fits. @throws Problem BAD_USER_INPUT when none does. */
export const thumbnailWidth = (maxWidth: number): number => {
  const width = WIDTHS.find((kept) => kept <= maxWidth);
  if (width === undefined) throw new Problem('BAD_USER_INPUT', { message: `\`maxWidth\` must be at least ${WIDTHS.at(-1)}.` });
  return width;
};
