import { renderThumbnail } from '../../src/pdf/index.ts';

/** Draws a page that takes long, to be killed meanwhile. Arguments: the file, the wall time allowed in milliseconds. */
const [, , path = '', wallTimeMs = ''] = process.argv;
await renderThumbnail(path, 1, { maxWidth: 100, limits: { wallTimeMs: Number(wallTimeMs), maxMemoryBytes: 2 ** 30 } });
