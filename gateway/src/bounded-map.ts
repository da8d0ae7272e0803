/** A map that forgets what was not used for long. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  /** Those that are kept, those first that would be forgotten first if none was used again. */
  values(): Iterable<Value>;
}

interface Entry<Value> {
  readonly value: Value;
  readonly weight: number;
  /** Since it was last looked at for forgetting. */
  isUsed: boolean;
}

/**
 * Keeps entries as long as all of them together weigh `most` or less; by default every entry weighs 1. What is heavier by
 * itself is not kept. By second chances, since taking something out must cost next to nothing: a use only leaves its mark,
 * and whoever has one when something must go stays for another round.
 */
export const createBoundedMap = <Value>(most: number, weigh: (value: Value) => number = () => 1): BoundedMap<Value> => {
  const entries = new Map<string, Entry<Value>>();
  let weight = 0;

  const remove = (key: string): void => {
    const entry = entries.get(key);
    if (entry && entries.delete(key)) weight -= entry.weight;
  };

  const makeRoom = (needed: number): void => {
    // What is put at the end comes up again in the same loop, then without its mark.
    for (const [key, entry] of entries) {
      if (weight + needed <= most) return;
      if (entry.isUsed) {
        entry.isUsed = false;
        entries.delete(key);
        entries.set(key, entry);
      } else {
        remove(key);
      }
    }
  };

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entry.isUsed = true;
      return entry.value;
    },
    set(key, value) {
      remove(key);
      const entry = { value, weight: weigh(value), isUsed: false };
      if (entry.weight > most) return;
      makeRoom(entry.weight);
      entries.set(key, entry);
      weight += entry.weight;
    },
    delete: remove,
    values: () => Array.from(entries.values(), ({ value }) => value),
  };
};
