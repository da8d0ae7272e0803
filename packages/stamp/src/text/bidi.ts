import bidiModule from 'bidi-js';

/** The package is a function, though its types say that it holds one. */
const bidiFactory = bidiModule as unknown as typeof bidiModule.default;
let instance: ReturnType<typeof bidiFactory> | undefined;

/** The Unicode Bidirectional Algorithm (UAX 9), made when the first text is drawn. */
export function bidi(): ReturnType<typeof bidiFactory> {
  return (instance ??= bidiFactory());
}
