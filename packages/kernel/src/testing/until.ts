/** Waits until a condition holds and gives what it gave; fails, saying what it waited for, when it never does. */
export const until = async <Result>(what: string, condition: () => Promise<Result | undefined | null | false> | Result | undefined | null | false, timeoutMs = 15_000): Promise<Result> => {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
