const SECOND_MS = 1_000;

/** Whether one more message of a client is too many: it may send so many at once, and as many again in every second. */
export const createFloodGate = (messagesPerSecond: number, now: () => Date): (() => boolean) => {
  let room = messagesPerSecond;
  let last = now().getTime();
  return () => {
    const at = now().getTime();
    room = Math.min(messagesPerSecond, room + ((at - last) / SECOND_MS) * messagesPerSecond);
    last = at;
    if (room < 1) return true;
    room -= 1;
    return false;
  };
};
