import { Problem } from '@buffrsign/kernel/gateway';

/** The cursor in the `extensions` of a request, whichever way it comes. Whether it is one of the stream, its source says. */
export const cursorOf = (extensions: Readonly<Record<string, unknown>> | null | undefined): string | undefined | Problem => {
  const cursor = extensions?.['cursor'] ?? undefined;
  return cursor === undefined || typeof cursor === 'string' ? cursor : new Problem('CURSOR_INVALID');
};
