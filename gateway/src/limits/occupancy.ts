/** How many of something there are at a time, in all and for each client. */
export interface Occupancy {
  /** Takes a place for a client: a function that gives it back, once, or in words why there is none. */
  enter(client: string | null): (() => void) | string;
}

/** `what` is what is counted, as one reads it in a sentence: "connections". */
export const createOccupancy = (what: string, most: { readonly perClient: number; readonly inAll: number }): Occupancy => {
  const byClient = new Map<string, number>();
  let all = 0;
  return {
    enter(client) {
      const key = client ?? '';
      const own = byClient.get(key) ?? 0;
      if (own >= most.perClient) return `Your address has ${most.perClient} ${what} open, the most there may be. Close some, then try again.`;
      if (all >= most.inAll) return `All ${most.inAll} ${what} of this gateway are taken. Try again shortly.`;
      byClient.set(key, own + 1);
      all += 1;
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        all -= 1;
        const left = byClient.get(key)! - 1;
        if (left === 0) byClient.delete(key);
        else byClient.set(key, left);
      };
    },
  };
};
